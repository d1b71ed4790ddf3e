package dev.terminalcloud.events;

/**
 * The device's report of how a transaction ended. Amounts are in cents; only {@code result} is always present.
 *
 * @param cardPan masked: at most the last four digits are shown
 * @param timestamp the device's local time, {@code yyyyMMddHHmmss}
 * @param receipt the receipt as the device formatted it; never logged, and never in {@link TransactionEvent}
 * @param referenceId the transaction that {@code Journal.GetTransResult} reports on
 */
public record DeviceReport(
        TransactionResult transactionResult,
        Result result,
        String resultText,
        Long amountTotalCents,
        Long amountSurchargeCents,
        Long amountTipCents,
        Long amountCashCents,
        String authId,
        String acquirerRef,
        String terminalRef,
        String cardPan,
        String cardType,
        String accountType,
        String timestamp,
        String receipt,
        String status,
        String referenceId) {

    /** Returns the report without its receipt. */
    public DeviceReport withoutReceipt() {
        return new DeviceReport(
                transactionResult,
                result,
                resultText,
                amountTotalCents,
                amountSurchargeCents,
                amountTipCents,
                amountCashCents,
                authId,
                acquirerRef,
                terminalRef,
                cardPan,
                cardType,
                accountType,
                timestamp,
                null,
                status,
                referenceId);
    }
}
