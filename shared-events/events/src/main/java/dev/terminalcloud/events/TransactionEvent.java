package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.UUID;

/**
 * State changes of transactions, topic {@link Topic#TRANSACTION_EVENTS}, key: the transaction id.
 *
 * <p>Replicas with held requests read them, and so may external reporting, so they contain no token, callback URL or
 * receipt. {@code version} grows by one with each visible change of the transaction.
 */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        property = "type",
        visible = true,
        defaultImpl = TransactionEvent.Unknown.class)
public sealed interface TransactionEvent extends Event {

    /** A change of one transaction. */
    sealed interface TransactionChange extends TransactionEvent {
        UUID transactionId();

        long version();

        @Override
        default String key() {
            return transactionId().toString();
        }
    }

    /** Accepted and durable. */
    @JsonTypeName("transaction.accepted.v1")
    record TransactionAccepted(
            UUID transactionId,
            long version,
            String vendorName,
            String businessName,
            String registerId,
            String deviceId,
            String function,
            @JsonUnwrapped RequestedAmounts amounts,
            Instant acceptedAt)
            implements TransactionChange {}

    /** The device has the transaction, and has not claimed it. */
    @JsonTypeName("transaction.delivered.v1")
    record TransactionDelivered(UUID transactionId, long version) implements TransactionChange {}

    /** The device may run the transaction from now on. */
    @JsonTypeName("transaction.started.v1")
    record TransactionStarted(UUID transactionId, long version) implements TransactionChange {}

    /** The device shows something new to the customer. */
    @JsonTypeName("transaction.prompted.v1")
    record TransactionPrompted(UUID transactionId, long version, String prompt) implements TransactionChange {}

    /** Delayed, until the end. */
    @JsonTypeName("transaction.delayed.v1")
    record TransactionDelayed(UUID transactionId, long version) implements TransactionChange {}

    /** The register has asked to cancel the transaction, or its device has answered that, or has not. */
    @JsonTypeName("transaction.cancellation-changed.v1")
    record CancellationChanged(UUID transactionId, long version, CancellationStatus cancellation)
            implements TransactionChange {}

    /** Ended; the outcome is final. */
    @JsonTypeName("transaction.completed.v1")
    record TransactionCompleted(
            UUID transactionId,
            long version,
            TransactionResult transactionResult,
            Result result,
            String resultText,
            @JsonUnwrapped ReportedAmounts amounts,
            String cardType,
            String accountType,
            Instant completedAt)
            implements TransactionChange {}

    /** An event of a newer build; readers count and skip it. */
    record Unknown(String type) implements TransactionEvent {
        @Override
        public String key() {
            throw new UnsupportedOperationException("Unknown events must not be published: " + type);
        }
    }
}
