package dev.terminalcloud.checker.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.checker.history.TransactionOutcome;

/**
 * What a register was told of a transaction: by a poll, by a synchronous answer or by a callback.
 *
 * @param requestedNanos when it asked; of a callback, which nobody asked for, when it came
 * @param receivedNanos when it was told
 */
record Observation(long requestedNanos, long receivedNanos, JsonNode body) {
    boolean isCompleted() {
        return body.path("transactionStatus").asText().equals("COMPLETED");
    }

    boolean isDelayed() {
        return data().path("TransactionResult").asText().equals("OK-DELAYED");
    }

    long version() {
        return body.path("version").asLong();
    }

    JsonNode data() {
        return body.path("data");
    }

    TransactionOutcome outcome() {
        return TransactionOutcome.shown(data());
    }
}
