package dev.terminalcloud.benchmark.cloud;

import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.FunctionResult;
import dev.terminalcloud.virtualdevice.protocol.Report;
import dev.terminalcloud.virtualdevice.protocol.ReportBuilder;
import dev.terminalcloud.virtualdevice.protocol.TransactionResult;

/** The report of an approved purchase, with a receipt as long as a real one. */
final class ApprovedReport {
    private static final String RECEIPT =
            """
                       BENCHMARK
            ------------------------------
            TERMINAL              70000001
            REFERENCE               000001
            DATE       01/01/2026 12:00:00
            ------------------------------
            CARD                 ....0138
            CREDIT                    VISA
            PURCHASE              %9d
            TOTAL                 %9d
            ------------------------------
                       APPROVED
            AUTH ID                 123456
            ------------------------------

            """;

    private ApprovedReport() {}

    static Report of(Offer offer) {
        long cents = offer.amountTotal();
        return ReportBuilder.builder()
                .transactionResult(TransactionResult.OK_ACCEPTED)
                .result(FunctionResult.OK)
                .resultText("APPROVED")
                .amountTotal(cents)
                .amountSurcharge(0L)
                .amountTip(0L)
                .authId("123456")
                .acquirerRef("000001")
                .terminalRef("70000001")
                .cardPan("....0138")
                .cardType("VISA")
                .accountType("CREDIT")
                .timestamp("20260101120000")
                .receipt(RECEIPT.formatted(cents, cents))
                .build();
    }
}
