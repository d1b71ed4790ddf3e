package dev.terminalcloud.checker.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.checker.history.TimestampedEntry;
import dev.terminalcloud.checker.history.TransactionOutcome;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A state of a transaction as its register saw it: by the response to any request, by an event of a stream or by a callback.
 *
 * @param requestedNanos the time of the request; for an event that of its stream, for a callback the time of its arrival
 * @param receivedNanos the time of the response
 * @param receivedMillis the same in milliseconds since 1970
 * @param answersCancel true if it is the response to a cancellation
 */
record Observation(long requestedNanos, long receivedNanos, long receivedMillis, JsonNode body, boolean answersCancel) {
    private static final String CANCELLATION = "Cancellation";
    private static final String POLLING_URL = "PollingUrl";

    static Observation of(TimestampedEntry received, long requestedNanos, JsonNode body, boolean answersCancel) {
        return new Observation(requestedNanos, received.nanos(), received.millis(), body, answersCancel);
    }

    /** Returns the time of the request in milliseconds since 1970. */
    long requestedMillis() {
        return receivedMillis - TimeUnit.NANOSECONDS.toMillis(receivedNanos - requestedNanos);
    }

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
     * which is about that request and not about the transaction: a poll does not show it. Only responses to starts and look-ups have
     * the polling URL.
     */
    boolean hasSameFinalData(Observation other) {
        return data().has(CANCELLATION) == other.data().has(CANCELLATION)
                ? without(POLLING_URL).equals(other.without(POLLING_URL))
                : without(POLLING_URL, CANCELLATION).equals(other.without(POLLING_URL, CANCELLATION));
    }

    private JsonNode without(String... members) {
        List<String> names = List.of(members);
        return names.stream().noneMatch(data()::has)
                ? data()
                : data().<ObjectNode>deepCopy().without(names);
    }

    /** Returns the state of the cancellation; empty if none is shown. */
    String cancellation() {
        return data().path(CANCELLATION).asText();
    }

    /** Returns how far the request has certainly got; empty if that is not shown. */
    String delivery() {
        return data().path("Delivery").asText();
    }

    /** Returns whether it shows that the device certainly did not and will not act on it. */
    boolean isNotStarted() {
        return delivery().equals("NOT-STARTED");
    }

    TransactionOutcome outcome() {
        return TransactionOutcome.shown(data());
    }
}
