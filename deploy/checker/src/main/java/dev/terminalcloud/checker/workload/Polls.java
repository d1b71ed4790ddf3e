package dev.terminalcloud.checker.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.checker.plan.WaitMode;
import java.time.Duration;
import java.util.Optional;

/** Polls at intervals, or polls that wait for a change. */
final class Polls implements TransactionWatch {
    private final RegisterClient register;
    private final OpenTransaction transaction;
    private Optional<JsonNode> newest = Optional.empty();

    Polls(RegisterClient register, OpenTransaction transaction) {
        this.register = register;
        this.transaction = transaction;
    }

    @Override
    public boolean hasEnded() throws InterruptedException {
        boolean waits = isLongPoll() && newest.isPresent();
        newest = waits
                ? register.awaitsChange(
                        transaction.id(),
                        transaction.pollingUrl(),
                        newest.get().path("version").asLong(),
                        Duration.ofSeconds(transaction.plan().extras().longPollSeconds()))
                : register.polls(transaction.id(), transaction.pollingUrl());
        return newest.filter(OpenTransaction::isCompleted).isPresent();
    }

    @Override
    public void await(Duration atMost) {
        if (!isLongPoll() || newest.isEmpty()) {
            Pause.sleep(atMost);
        }
    }

    private boolean isLongPoll() {
        return transaction.plan().extras().waitMode() == WaitMode.LONG_POLL;
    }

    @Override
    public void close() {}
}
