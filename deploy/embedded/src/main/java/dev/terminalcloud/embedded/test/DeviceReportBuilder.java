package dev.terminalcloud.embedded.test;

import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;

/** Builder of a report of a device; what is not set is absent. Not thread-safe. */
public final class DeviceReportBuilder {
    private TransactionResult transactionResult;
    private Result result;
    private String resultText;
    private Long amountTotalCents;
    private Long amountSurchargeCents;
    private Long amountTipCents;
    private Long amountCashCents;
    private String authId;
    private String acquirerRef;
    private String terminalRef;
    private String cardPan;
    private String cardType;
    private String accountType;
    private String timestamp;
    private String receipt;
    private String status;
    private String referenceId;

    private DeviceReportBuilder() {}

    /** Begins a report with the only member that is always present. */
    public static DeviceReportBuilder report(Result result) {
        DeviceReportBuilder builder = new DeviceReportBuilder();
        builder.result = result;
        return builder;
    }

    public DeviceReportBuilder transactionResult(TransactionResult value) {
        transactionResult = value;
        return this;
    }

    public DeviceReportBuilder resultText(String value) {
        resultText = value;
        return this;
    }

    public DeviceReportBuilder amountTotalCents(Long value) {
        amountTotalCents = value;
        return this;
    }

    public DeviceReportBuilder amountSurchargeCents(Long value) {
        amountSurchargeCents = value;
        return this;
    }

    public DeviceReportBuilder amountTipCents(Long value) {
        amountTipCents = value;
        return this;
    }

    public DeviceReportBuilder amountCashCents(Long value) {
        amountCashCents = value;
        return this;
    }

    public DeviceReportBuilder authId(String value) {
        authId = value;
        return this;
    }

    public DeviceReportBuilder acquirerRef(String value) {
        acquirerRef = value;
        return this;
    }

    public DeviceReportBuilder terminalRef(String value) {
        terminalRef = value;
        return this;
    }

    public DeviceReportBuilder cardPan(String value) {
        cardPan = value;
        return this;
    }

    public DeviceReportBuilder cardType(String value) {
        cardType = value;
        return this;
    }

    public DeviceReportBuilder accountType(String value) {
        accountType = value;
        return this;
    }

    public DeviceReportBuilder timestamp(String value) {
        timestamp = value;
        return this;
    }

    public DeviceReportBuilder receipt(String value) {
        receipt = value;
        return this;
    }

    public DeviceReportBuilder status(String value) {
        status = value;
        return this;
    }

    public DeviceReportBuilder referenceId(String value) {
        referenceId = value;
        return this;
    }

    public DeviceReport build() {
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
                receipt,
                status,
                referenceId);
    }
}
