package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * The device's report of how a transaction ended; only {@code result} is always present.
 *
 * @param cardPan masked: at most the last four digits are shown
 * @param timestamp the device's local time, {@code yyyyMMddHHmmss}
 * @param receipt the receipt as the device formatted it; never logged, and never in {@link TransactionEvent}
 * @param referenceId the transaction that {@code Journal.GetTransResult} reports on
 */
@RecordBuilder
public record DeviceReport(
        TransactionResult transactionResult,
        Result result,
        String resultText,
        @JsonUnwrapped ReportedAmounts amounts,
        String authId,
        String acquirerRef,
        String terminalRef,
        String cardPan,
        String cardType,
        String accountType,
        String timestamp,
        String receipt,
        String status,
        String referenceId)
        implements DeviceReportBuilder.With {

    /** A report without amounts has {@link ReportedAmounts#NONE}. */
    public DeviceReport {
        amounts = amounts == null ? ReportedAmounts.NONE : amounts;
    }

    /** Returns a report of the two results and nothing else. */
    public static DeviceReport of(TransactionResult transactionResult, Result result) {
        return DeviceReportBuilder.builder()
                .transactionResult(transactionResult)
                .result(result)
                .build();
    }

    /** Returns the report without its receipt. */
    public DeviceReport withoutReceipt() {
        return withReceipt(null);
    }
}
