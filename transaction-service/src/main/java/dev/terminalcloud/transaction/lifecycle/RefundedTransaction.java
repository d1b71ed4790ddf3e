package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.OriginalTransaction;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/**
 * The transaction that a linked refund refunds, with what its device reported about it. That is copied from the original when the refund is
 * accepted, so that any replica can offer the refund without the original. What is not known is null.
 *
 * @param reference the register's reference of the original
 * @param timestamp the local time of the original's device, {@code yyyyMMddHHmmss}
 */
@Embeddable
public record RefundedTransaction(
        @Column(name = "original_transaction_id") UUID transactionId,
        @Column(name = "original_acquirer_ref") String acquirerRef,
        @Column(name = "original_terminal_ref") String terminalRef,
        @Column(name = "original_auth_id") String authId,
        @Column(name = "original_reference") String reference,
        @Column(name = "original_timestamp") String timestamp) {

    /** Returns what is known of it before it is found. */
    public static RefundedTransaction of(UUID transactionId) {
        return new RefundedTransaction(transactionId, null, null, null, null, null);
    }

    /** Returns what is known of an accepted transaction. */
    public static RefundedTransaction of(Transaction original) {
        DeviceReport report = original.outcome().orElseThrow();
        return new RefundedTransaction(
                original.id(),
                report.acquirerRef(),
                report.terminalRef(),
                report.authId(),
                original.request().transactionReference(),
                report.timestamp());
    }

    /** Returns it as the device is told. */
    OriginalTransaction toOriginal() {
        return new OriginalTransaction(transactionId, acquirerRef, terminalRef, authId, reference, timestamp);
    }
}
