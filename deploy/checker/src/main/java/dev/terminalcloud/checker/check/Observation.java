package dev.terminalcloud.checker.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.checker.history.TransactionOutcome;

/**
 * A state of a transaction as its register saw it: by a poll, by the response to a held request or by a callback.
 *
 * @param requestedNanos the time of the request; for a callback the time of its arrival
 * @param receivedNanos the time of the response
 */
record Observation(long requestedNanos, long receivedNanos, JsonNode body) {
    private static final String CANCELLATION = "Cancellation";

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

    /**
     * Returns whether both show the same data. Only the answer to a cancellation that came after the end says {@code Cancellation},
     * which is about that request and not about the transaction: a poll does not show it.
     */
    boolean hasSameFinalData(Observation other) {
        return data().has(CANCELLATION) == other.data().has(CANCELLATION)
                ? data().equals(other.data())
                : withoutCancellation().equals(other.withoutCancellation());
    }

    private JsonNode withoutCancellation() {
        ObjectNode data = data().deepCopy();
        data.remove(CANCELLATION);
        return data;
    }

    TransactionOutcome outcome() {
        return TransactionOutcome.shown(data());
    }
}
