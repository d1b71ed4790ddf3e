package dev.terminalcloud.checker.history;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * An event of a run, as the participant recorded it that caused or observed it. Requests to start have a number, which is unique in a run
 * and is also their amount, save for linked refunds; the id of a transaction is known from the response, or from the device.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface HistoryEntry
        permits HistoryEntry.Begun,
                HistoryEntry.RequestEntry,
                HistoryEntry.TransactionEntry,
                HistoryEntry.DeviceConnectivity,
                HistoryEntry.Paired,
                HistoryEntry.WorkloadEnded,
                HistoryEntry.OutboxPending,
                HistoryEntry.DeadLetterFound,
                FaultEntry {

    /** An event of one request to start. */
    sealed interface RequestEntry extends HistoryEntry {
        int number();
    }

    /** An event of one transaction. */
    sealed interface TransactionEntry extends HistoryEntry
            permits StreamEntry,
                    Polled,
                    CancelSent,
                    ManuallyResolved,
                    PollUnanswered,
                    CalledBack,
                    Offered,
                    DeviceStep,
                    DeviceReported,
                    Misbehaved,
                    PaymentShown,
                    Journalled,
                    Stored,
                    PhaseTimes,
                    DiscrepancyRecorded {
        UUID transactionId();
    }

    /**
     * The first entry of a run.
     *
     * @param maxPaymentMillis the limit for the slowest payment in a run with planned changes only; 0 if unknown
     */
    record Begun(long seed, long maxPaymentMillis) implements HistoryEntry {
        public Begun(long seed) {
            this(seed, 0);
        }
    }

    /**
     * A register sends a request to start for the first time.
     *
     * @param key the {@code Idempotency-Key}; null if it sends none
     * @param original the purchase that it refunds; null unless it is a linked refund
     * @param amountCents the amount of a linked refund; 0 for any other request, whose number is its amount
     */
    record Sent(
            int number,
            String merchant,
            String mode,
            String function,
            boolean callback,
            String key,
            UUID original,
            long amountCents)
            implements RequestEntry {
        public Sent(int number, String merchant, String mode, String function, boolean callback) {
            this(number, merchant, mode, function, callback, null);
        }

        public Sent(int number, String merchant, String mode, String function, boolean callback, String key) {
            this(number, merchant, mode, function, callback, key, null, 0);
        }
    }

    /** The register sends the same request with the same key again. */
    record SentAgain(int number) implements RequestEntry {}

    /**
     * The answer to a request to start.
     *
     * @param askedNanos the time at which it was sent; 0 if unknown
     */
    record Answered(int number, int status, JsonNode body, long askedNanos) implements RequestEntry {
        public Answered(int number, int status, JsonNode body) {
            this(number, status, body, 0);
        }

        /** Returns the id of the transaction; null if none was started. */
        public UUID transactionId() {
            return body.hasNonNull("transactionId")
                    ? UUID.fromString(body.path("transactionId").asText())
                    : null;
        }
    }

    /**
     * No response to a request to start: whether a transaction was started is unknown.
     *
     * @param intended true if the register closed the connection early, as its plan says
     */
    record Unanswered(int number, String reason, boolean intended) implements RequestEntry {
        public Unanswered(int number, String reason) {
            this(number, reason, false);
        }
    }

    /** The request that a state of a transaction answers. */
    enum Purpose {
        POLL,
        /** A poll that waits for a change. */
        LONG_POLL,
        CANCEL,
        /** A poll with the pairing token instead of the polling token. */
        LOOK_UP
    }

    /**
     * The answer to a poll, or to another request for the state of one transaction.
     *
     * @param askedNanos the time at which the poll was sent
     * @param purpose null if unknown
     */
    record Polled(UUID transactionId, long askedNanos, int status, JsonNode body, Purpose purpose)
            implements TransactionEntry {
        public Polled(UUID transactionId, long askedNanos, int status, JsonNode body) {
            this(transactionId, askedNanos, status, body, Purpose.POLL);
        }
    }

    /**
     * The response to a look-up of the transactions with the reference of this request.
     *
     * @param status 0 if none came
     */
    record LookedUp(int number, long askedNanos, int status, JsonNode body) implements RequestEntry {
        /** Returns the transactions that were found, as they were shown. */
        public List<JsonNode> transactions() {
            List<JsonNode> found = new ArrayList<>();
            body.path("transactions").forEach(found::add);
            return found;
        }
    }

    /** The register requests a cancellation; the response is recorded as that to a poll. */
    record CancelSent(UUID transactionId) implements TransactionEntry {}

    /**
     * An operator has requested a manual resolution.
     *
     * @param status the status of the response; 0 if none came
     */
    record ManuallyResolved(UUID transactionId, String result, int status) implements TransactionEntry {}

    record PollUnanswered(UUID transactionId, String reason) implements TransactionEntry {}

    /**
     * A callback arrived.
     *
     * @param answeredWith the status that the receiver answered with
     */
    record CalledBack(UUID transactionId, int answeredWith, JsonNode body) implements TransactionEntry {}

    /** The device received the offer for the first time. */
    record Offered(String deviceId, UUID transactionId, int number) implements TransactionEntry {}

    /** Another message about the transaction that the device received or sent, or that the cloud acknowledged. */
    record DeviceStep(String deviceId, UUID transactionId, String what) implements TransactionEntry {}

    /** The device sent this result. */
    record DeviceReported(String deviceId, UUID transactionId, TransactionOutcome outcome)
            implements TransactionEntry {}

    /** A misbehaviour that was injected into the device in this transaction. */
    record Misbehaved(String deviceId, UUID transactionId, String what) implements TransactionEntry {}

    /** An entry of the device's own record, which survives all misbehaviour: it showed the payment to a customer. */
    record PaymentShown(String deviceId, UUID transactionId) implements TransactionEntry {}

    /**
     * An entry of the device's journal at the end of the run.
     *
     * @param outcome null unless it is finished
     */
    record Journalled(String deviceId, UUID transactionId, String state, TransactionOutcome outcome)
            implements TransactionEntry {}

    /** Connections, power and network of a device. */
    record DeviceConnectivity(String deviceId, String what) implements HistoryEntry {}

    /**
     * A register has requested to be paired with a device.
     *
     * @param status 0 if no response came
     */
    record Paired(String merchant, String deviceId, int status) implements HistoryEntry {}

    /** No register starts or follows a transaction from now on, until all faults have ended. */
    record WorkloadEnded() implements HistoryEntry {}

    /** A row of transaction-service's table at the end of the run; one that was inserted as abandoned was never started. */
    record Stored(UUID transactionId, int number, String phase, boolean abandoned, boolean delayed, boolean neverSeen)
            implements TransactionEntry {}

    /**
     * The times at which a stored transaction entered its phases, by the database's clock in milliseconds since 1970; null if it never did.
     *
     * @param delayedMillis the time from which on it was shown as delayed
     */
    record PhaseTimes(
            UUID transactionId, long acceptedMillis, Long startedMillis, Long delayedMillis, Long finishedMillis)
            implements TransactionEntry {}

    /** An alert of transaction-service: a report of a device needs manual review. */
    record DiscrepancyRecorded(UUID transactionId, String deviceId, String reason) implements TransactionEntry {}

    /** The number of events older than ten seconds in the outbox of a service at the end: newer ones come from devices that disconnect. */
    record OutboxPending(String service, int waiting) implements HistoryEntry {}

    record DeadLetterFound(String topic, String key, String reason) implements HistoryEntry {}
}
