package dev.terminalcloud.checker.history;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * Something that happened in a run, as the one saw it who did it or met it. Requests to start have a number, which is unique in a run
 * and is their amount too; a transaction's id is known from the answer, or from the device.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface HistoryEntry {

    /** Something about one request to start. */
    sealed interface RequestEntry extends HistoryEntry {
        int number();
    }

    /** Something about one transaction. */
    sealed interface TransactionEntry extends HistoryEntry {
        UUID transactionId();
    }

    /** The first entry of a run. */
    record Begun(long seed) implements HistoryEntry {}

    /** A register sends a request to start. */
    record Sent(int number, String shop, String mode, String function, boolean callback) implements RequestEntry {}

    /** The answer to a request to start. */
    record Answered(int number, int status, JsonNode body) implements RequestEntry {
        /** Null if nothing was started. */
        public UUID transactionId() {
            return body.hasNonNull("transactionId")
                    ? UUID.fromString(body.path("transactionId").asText())
                    : null;
        }
    }

    /** No answer came: whether anything was started is not known. */
    record Unanswered(int number, String reason) implements RequestEntry {}

    /**
     * The answer to a poll.
     *
     * @param askedNanos when the poll was sent
     */
    record Polled(UUID transactionId, long askedNanos, int status, JsonNode body) implements TransactionEntry {}

    /** The register asks for the end; the answer is as that to a poll. */
    record CancelSent(UUID transactionId) implements TransactionEntry {}

    /**
     * An operator has stated how it ended.
     *
     * @param status of the answer; 0 if none came
     */
    record ManuallyResolved(UUID transactionId, String result, int status) implements TransactionEntry {}

    record PollUnanswered(UUID transactionId, String reason) implements TransactionEntry {}

    /**
     * A callback came.
     *
     * @param answeredWith the status that the receiver answered with
     */
    record CalledBack(UUID transactionId, int answeredWith, JsonNode body) implements TransactionEntry {}

    /** The device got the offer for the first time. */
    record Offered(String deviceId, UUID transactionId, int number) implements TransactionEntry {}

    /** What else the device got, sent, or was told to have arrived. */
    record DeviceStep(String deviceId, UUID transactionId, String what) implements TransactionEntry {}

    /** The device sent this result. */
    record DeviceReported(String deviceId, UUID transactionId, TransactionOutcome outcome)
            implements TransactionEntry {}

    /** What the device was told to do wrong in this transaction. */
    record Misbehaved(String deviceId, UUID transactionId, String what) implements TransactionEntry {}

    /** From the device's own record, which nothing takes away: it showed the payment to a customer. */
    record PaymentShown(String deviceId, UUID transactionId) implements TransactionEntry {}

    /**
     * What the device's journal says in the end.
     *
     * @param outcome null unless it is finished
     */
    record Journalled(String deviceId, UUID transactionId, String state, TransactionOutcome outcome)
            implements TransactionEntry {}

    /** Connections, power and network of a device. */
    record DeviceConnectivity(String deviceId, String what) implements HistoryEntry {}

    /**
     * A register has asked to be paired with a device.
     *
     * @param status 0 if no answer came
     */
    record Paired(String shop, String deviceId, int status) implements HistoryEntry {}

    record FaultBegan(int fault, String name) implements HistoryEntry {}

    /** It could not be brought about, as what it was to happen to was gone for another fault. */
    record FaultNotInjected(int fault, String reason) implements HistoryEntry {}

    record FaultEnded(int fault) implements HistoryEntry {}

    /** Records of Kafka were sent once more. */
    record Repeated(int records) implements HistoryEntry {}

    /** A purchase that an unaffected register began after the fault has completed. */
    record Recovered(int fault, long millis) implements HistoryEntry {}

    /** A row of the transaction-service's table in the end; one that was inserted as abandoned was never started. */
    record Stored(UUID transactionId, int number, String phase, boolean abandoned, boolean delayed, boolean neverSeen)
            implements TransactionEntry {}

    /**
     * When a stored transaction came into its phases, by the database's clock in milliseconds since 1970; null if it never did.
     *
     * @param delayedMillis since when it was shown as delayed
     */
    record PhaseTimes(
            UUID transactionId, long acceptedMillis, Long startedMillis, Long delayedMillis, Long finishedMillis)
            implements TransactionEntry {}

    /** An alert of the transaction-service: a person must look at what a device said. */
    record DiscrepancyRecorded(UUID transactionId, String deviceId, String reason) implements TransactionEntry {}

    /** How many events of a service have waited in its outbox for over ten seconds in the end: devices that leave make new ones. */
    record OutboxPending(String service, int waiting) implements HistoryEntry {}

    record DeadLetterFound(String topic, String key, String reason) implements HistoryEntry {}
}
