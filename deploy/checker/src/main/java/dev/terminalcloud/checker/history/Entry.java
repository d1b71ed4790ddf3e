package dev.terminalcloud.checker.history;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * Something that happened in a run, as the one saw it who did it or met it. Requests to start have a number, which is unique in a run
 * and is their amount too; a transaction's id is known from the answer, or from the device.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface Entry {

    /** Something about one request to start. */
    sealed interface OfRequest extends Entry {
        int number();
    }

    /** Something about one transaction. */
    sealed interface OfTransaction extends Entry {
        UUID transactionId();
    }

    /** The first entry of a run. */
    record Begun(long seed) implements Entry {}

    /** A register sends a request to start. */
    record Sent(int number, String shop, String mode, String function, boolean callback) implements OfRequest {}

    /** The answer to a request to start. */
    record Answered(int number, int status, JsonNode body) implements OfRequest {
        /** Null if nothing was started. */
        public UUID transactionId() {
            return body.hasNonNull("transactionId")
                    ? UUID.fromString(body.path("transactionId").asText())
                    : null;
        }
    }

    /** No answer came: whether anything was started is not known. */
    record Unanswered(int number, String reason) implements OfRequest {}

    /**
     * The answer to a poll.
     *
     * @param askedNanos when the poll was sent
     */
    record Polled(UUID transactionId, long askedNanos, int status, JsonNode body) implements OfTransaction {}

    /** The register asks for the end; the answer is as that to a poll. */
    record CancelSent(UUID transactionId) implements OfTransaction {}

    /**
     * An operator has stated how it ended.
     *
     * @param status of the answer; 0 if none came
     */
    record Stated(UUID transactionId, String result, int status) implements OfTransaction {}

    record PollUnanswered(UUID transactionId, String reason) implements OfTransaction {}

    /**
     * A callback came.
     *
     * @param answeredWith the status that the receiver answered with
     */
    record CalledBack(UUID transactionId, int answeredWith, JsonNode body) implements OfTransaction {}

    /** The device got the offer for the first time. */
    record Offered(String deviceId, UUID transactionId, int number) implements OfTransaction {}

    /** What else the device got, sent, or was told to have arrived. */
    record DeviceStep(String deviceId, UUID transactionId, String what) implements OfTransaction {}

    /** The device sent this result. */
    record DeviceSaid(String deviceId, UUID transactionId, Outcome outcome) implements OfTransaction {}

    /** What the device was told to do wrong in this transaction. */
    record Misbehaved(String deviceId, UUID transactionId, String what) implements OfTransaction {}

    /** From the device's own record, which nothing takes away: it showed the payment to a customer. */
    record Ran(String deviceId, UUID transactionId) implements OfTransaction {}

    /**
     * What the device's journal says in the end.
     *
     * @param outcome null unless it is finished
     */
    record Journalled(String deviceId, UUID transactionId, String state, Outcome outcome) implements OfTransaction {}

    /** Connections, power and network of a device. */
    record DeviceStatus(String deviceId, String what) implements Entry {}

    /**
     * A register has asked to be paired with a device.
     *
     * @param status 0 if no answer came
     */
    record Paired(String shop, String deviceId, int status) implements Entry {}

    record FaultBegan(int fault, String name) implements Entry {}

    /** It could not be brought about, as what it was to happen to was gone for another fault. */
    record FaultFailed(int fault, String reason) implements Entry {}

    record FaultEnded(int fault) implements Entry {}

    /** Records of Kafka were sent once more. */
    record Repeated(int records) implements Entry {}

    /** A purchase that an unaffected register began after the fault has completed. */
    record Recovered(int fault, long millis) implements Entry {}

    /** A row of the transaction-service's table in the end; one that was inserted as abandoned was never started. */
    record Stored(UUID transactionId, int number, String phase, boolean abandoned, boolean delayed, boolean neverSeen)
            implements OfTransaction {}

    /**
     * When a stored transaction came into its phases, by the database's clock in milliseconds since 1970; null if it never did.
     *
     * @param delayedMillis since when it was shown as delayed
     */
    record Dated(UUID transactionId, long acceptedMillis, Long startedMillis, Long delayedMillis, Long finishedMillis)
            implements OfTransaction {}

    /** An alert of the transaction-service: a person must look at what a device said. */
    record Orphaned(UUID transactionId, String deviceId, String reason) implements OfTransaction {}

    /** How many events of a service have waited in its outbox for over ten seconds in the end: devices that leave make new ones. */
    record Unpublished(String service, int waiting) implements Entry {}

    record DeadLetter(String topic, String key, String reason) implements Entry {}
}
