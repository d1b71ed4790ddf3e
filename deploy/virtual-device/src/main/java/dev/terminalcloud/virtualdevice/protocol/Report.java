package dev.terminalcloud.virtualdevice.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import java.util.UUID;

/**
 * The result of a transaction: the members of {@code transaction-finished} besides the id. Only {@code result} is always
 * present; amounts are cents.
 *
 * @param cardPan masked, {@code ....0138}
 * @param acquirerRef 6 digits
 * @param terminalRef 8 digits
 * @param timestamp the device's local time, {@code yyyyMMddHHmmss}
 * @param receipt 30 columns, ends in two line feeds
 * @param status the answer of {@code Terminal.GetStatus}
 * @param referenceId the transaction that {@code Journal.GetTransResult} reports on
 */
@JsonInclude(Include.NON_NULL)
@RecordBuilder
public record Report(
        TransactionResult transactionResult,
        FunctionResult result,
        String resultText,
        Long amountTotal,
        Long amountSurcharge,
        Long amountTip,
        Long amountCash,
        String authId,
        String acquirerRef,
        String terminalRef,
        String cardPan,
        String cardType,
        String accountType,
        String timestamp,
        String receipt,
        DeviceStatus status,
        String referenceId) {

    public Report {
        Objects.requireNonNull(result, "result");
    }

    /** Returns the same report with a reference to its transaction, for the answer to another one. */
    public Report referringTo(UUID transactionId) {
        return ReportBuilder.builder(this).referenceId(transactionId.toString()).build();
    }

    /** Returns a report without a payment: no card, no amounts, no receipt. */
    public static Report without(TransactionResult transactionResult, FunctionResult result, String resultText) {
        return ReportBuilder.builder()
                .transactionResult(transactionResult)
                .result(result)
                .resultText(resultText)
                .build();
    }
}
