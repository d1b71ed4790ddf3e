package dev.terminalcloud.events;

/**
 * How a transaction ended, in the device's words. Amounts are cents; only {@code result} is always there.
 *
 * @param cardPan masked: at most the last four digits are shown
 * @param timestamp the device's local time, {@code yyyyMMddHHmmss}
 * @param receipt the receipt as the device made it; never logged, and never in {@link TransactionEvent}
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
        String referenceId) {}
