package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.posapi.ApiError;
import dev.terminalcloud.posapi.ApiErrorCode;

/** Errors of a linked refund: status and text are part of the POS API. Nothing was started. */
enum RefundError implements ApiErrorCode {
    ORIGINAL_NOT_A_UUID(new ApiError(
            400,
            "OriginalTransactionId must be a UUID",
            "OriginalTransactionId is empty, or is not the transactionId of a transaction.",
            "Send the transactionId of the purchase, or leave it out for a refund without a limit.")),
    /** One text for what does not exist, was deleted or is another register's. */
    ORIGINAL_UNKNOWN(new ApiError(
            400,
            "OriginalTransactionId must be a transaction of this register, before its RecordExpiry",
            "This register has not started such a transaction, or the record has expired.",
            "Send the transactionId of a purchase of this register, or refund without OriginalTransactionId.")),
    ORIGINAL_NOT_PAID(new ApiError(
            400,
            "OriginalTransactionId must be an accepted {types=Card.Purchase, Card.PurchasePlusCash or Card.Finalise}",
            "The transaction is of another type, or the customer has not paid.",
            "Refund what was paid, by the same means: a purchase by QR code with QR.Refund.")),
    ORIGINAL_NOT_ENDED(new ApiError(
            400,
            "OriginalTransactionId must be a transaction that has ended: its outcome is not known yet",
            "The transaction runs, or is delayed: whether the customer has paid is not known.",
            "Poll the original transaction until it is COMPLETED, then retry.")),
    MORE_THAN_IS_LEFT(new ApiError(
            400,
            "AmountTotal must be at most {cents=4000}, which is left of the original transaction",
            "What was paid, without cash, is not enough for this refund after the others. A refund whose outcome is not known yet counts.",
            "Refund at most what is left. If another refund is delayed, wait for its outcome."));

    private final ApiError error;

    RefundError(ApiError error) {
        this.error = error;
    }

    @Override
    public ApiError error() {
        return error;
    }
}
