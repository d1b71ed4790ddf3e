package dev.terminalcloud.checker.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/** An event of an event stream of one transaction, as its register observes it. */
public sealed interface StreamEntry extends HistoryEntry.TransactionEntry {

    /**
     * The register opens an event stream.
     *
     * @param connection counts the connections of the register for this transaction
     * @param lastEventId the version that it has seen on an earlier connection; null if none
     */
    record StreamOpened(UUID transactionId, int connection, Long lastEventId) implements StreamEntry {}

    /**
     * An event arrived on a stream.
     *
     * @param openedNanos the time at which the stream was opened
     */
    record Streamed(UUID transactionId, int connection, long openedNanos, long eventId, JsonNode body)
            implements StreamEntry {}

    /** The reason why a connection of an event stream ended. */
    enum StreamEnd {
        BY_SERVICE,
        /** The register cut it, to resume it or because the transaction takes too long. */
        CUT,
        /** The connection broke, or none was made. */
        LOST,
        /** At the end of the run, after several connections. */
        GIVEN_UP
    }

    /**
     * A connection of an event stream ended.
     *
     * @param status the status of the response; 0 if none came
     */
    record StreamEnded(UUID transactionId, int connection, int status, StreamEnd reason) implements StreamEntry {}
}
