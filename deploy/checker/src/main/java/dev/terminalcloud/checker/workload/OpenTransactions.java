package dev.terminalcloud.checker.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The transactions of a register that have not ended within the follow-up time: it polls them from time to time. For one thread. */
final class OpenTransactions {
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final RegisterClient register;
    private final FinalReads finalReads;
    private final List<OpenTransaction> open = new ArrayList<>();
    private long polledNanos = System.nanoTime();

    /** @param finalReads takes those that have ended */
    OpenTransactions(RegisterClient register, FinalReads finalReads) {
        this.register = register;
        this.finalReads = finalReads;
    }

    void add(OpenTransaction transaction) {
        open.add(transaction);
    }

    int count() {
        return open.size();
    }

    /** Polls each of them, once per second at most. */
    void poll() throws InterruptedException {
        if (System.nanoTime() - polledNanos < POLL_INTERVAL.toNanos()) {
            return;
        }
        polledNanos = System.nanoTime();
        open.removeIf(transaction -> !transaction.canBePolled());
        for (OpenTransaction transaction : List.copyOf(open)) {
            if (hasEnded(transaction)) {
                open.remove(transaction);
                finalReads.addEnded(transaction);
            }
        }
    }

    private boolean hasEnded(OpenTransaction transaction) throws InterruptedException {
        return register.polls(transaction.id(), transaction.pollingUrl())
                .filter(OpenTransaction::isCompleted)
                .isPresent();
    }
}
