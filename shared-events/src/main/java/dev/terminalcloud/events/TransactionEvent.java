package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.UUID;

/**
 * What becomes of transactions, topic {@link Topic#TRANSACTION_EVENTS}, key: the transaction id.
 *
 * <p>Read by the replicas that have polls waiting and by anyone's reporting, so no token, callback URL or receipt is in
 * it. {@code version} grows by one with each visible change of the transaction.
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

    /** Taken in and durable. Amounts are cents; what the function does not use is null. */
    @JsonTypeName("transaction.accepted.v1")
    record TransactionAccepted(
            UUID transactionId,
            long version,
            String vendorName,
            String businessName,
            String registerId,
            String deviceId,
            String function,
            Long amountTotalCents,
            Long amountCashCents,
            Long amountAuthCents,
            Long amountFinalCents,
            Instant acceptedAt)
            implements TransactionChange {}

    /** The device may act on it from now on. */
    @JsonTypeName("transaction.started.v1")
    record TransactionStarted(UUID transactionId, long version) implements TransactionChange {}

    /** The device shows something new to the customer. */
    @JsonTypeName("transaction.prompted.v1")
    record TransactionPrompted(UUID transactionId, long version, String prompt) implements TransactionChange {}

    /** It takes longer than usual, and stays marked so until the end. */
    @JsonTypeName("transaction.delayed.v1")
    record TransactionDelayed(UUID transactionId, long version) implements TransactionChange {}

    /** It has ended; this never changes again. Amounts are cents. */
    @JsonTypeName("transaction.completed.v1")
    record TransactionCompleted(
            UUID transactionId,
            long version,
            TransactionResult transactionResult,
            Result result,
            String resultText,
            Long amountTotalCents,
            Long amountSurchargeCents,
            Long amountTipCents,
            Long amountCashCents,
            String cardType,
            String accountType,
            Instant completedAt)
            implements TransactionChange {}

    /** An event that a newer build sent; readers count and ignore it. */
    record Unknown(String type) implements TransactionEvent {
        @Override
        public String key() {
            throw new UnsupportedOperationException("an unknown event is never sent: " + type);
        }
    }
}
