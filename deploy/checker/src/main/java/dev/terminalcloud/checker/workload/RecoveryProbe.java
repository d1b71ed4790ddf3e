package dev.terminalcloud.checker.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.plan.Plan;
import dev.terminalcloud.checker.plan.Plans;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * A register and a device without any incident: it pays continuously, and so shows when the system works. {@link #hasPaidSince} is
 * thread-safe, the rest is for one thread.
 */
public final class RecoveryProbe implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int OK = 200;
    private static final int NOT_PAIRED = 400;

    private final RegisterClient register;
    private final URI cloud;
    private final ScriptedDevice terminal;
    private final AtomicLong newestBegin = new AtomicLong(System.nanoTime());

    RecoveryProbe(RegisterClient register, URI cloud, ScriptedDevice terminal) {
        this.register = register;
        this.cloud = cloud;
        this.terminal = terminal;
    }

    /** Returns whether a purchase that began after this time has been approved. */
    public boolean hasPaidSince(long nanos) {
        return newestBegin.get() > nanos;
    }

    void run(Plans plans, BooleanSupplier goesOn) throws InterruptedException {
        terminal.start();
        register.pairs(terminal, goesOn);
        while (goesOn.getAsBoolean()) {
            long begin = System.nanoTime();
            if (pays(plans.nextWithoutIncident(), goesOn)) {
                newestBegin.set(begin);
            }
            Pause.sleep(PAUSE);
        }
    }

    private boolean pays(Plan plan, BooleanSupplier goesOn) throws InterruptedException {
        Optional<HistoryEntry.Answered> answer = register.starts(Start.of(plan), goesOn);
        if (answer.filter(is -> is.status() == OK).isPresent()) {
            return isApproved(OpenTransaction.of(plan, answer.get(), cloud));
        }
        if (answer.filter(is -> is.status() == NOT_PAIRED).isPresent()) {
            register.pairs(terminal, goesOn);
        }
        return false;
    }

    private boolean isApproved(OpenTransaction transaction) throws InterruptedException {
        long limit = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() - limit < 0) {
            Optional<JsonNode> body = register.polls(transaction.id(), transaction.pollingUrl());
            if (body.filter(OpenTransaction::isCompleted).isPresent()) {
                return body.get()
                        .path("data")
                        .path("TransactionResult")
                        .asText()
                        .equals("OK-ACCEPTED");
            }
            Pause.sleep(PAUSE);
        }
        return false;
    }

    void recordFinalState() {
        terminal.recordFinalState();
    }

    @Override
    public void close() {
        terminal.close();
    }
}
