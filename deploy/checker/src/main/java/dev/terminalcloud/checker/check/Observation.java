package dev.terminalcloud.checker.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.checker.history.TransactionOutcome;

/**
 * A state of a transaction as its register saw it: by a poll, by the response to a held request or by a callback.
 *
 * @param requestedNanos the time of the request; for a callback the time of its arrival
 * @param receivedNanos the time of the response
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
