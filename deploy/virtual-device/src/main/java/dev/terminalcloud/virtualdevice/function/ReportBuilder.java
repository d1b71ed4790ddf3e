package dev.terminalcloud.virtualdevice.function;

import dev.terminalcloud.virtualdevice.behaviour.Extras;
import dev.terminalcloud.virtualdevice.protocol.DeviceStatus;
import dev.terminalcloud.virtualdevice.protocol.FunctionResult;
import dev.terminalcloud.virtualdevice.protocol.Report;
import dev.terminalcloud.virtualdevice.protocol.TransactionResult;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Builder of a {@link Report}: few reports have more than half of its members. */
final class ReportBuilder {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

    private final TransactionResult transactionResult;
    private final FunctionResult result;
    private String resultText;
    private Long amountTotal;
    private Long amountSurcharge;
    private Long amountTip;
    private Long amountCash;
    private String authId;
    private String acquirerRef;
    private String terminalRef;
    private String cardPan;
    private String cardType;
    private String accountType;
    private String timestamp;
    private String receipt;
    private DeviceStatus status;

    private ReportBuilder(TransactionResult transactionResult, FunctionResult result) {
        this.transactionResult = transactionResult;
        this.result = result;
    }

    static ReportBuilder of(TransactionResult transactionResult, FunctionResult result) {
        return new ReportBuilder(transactionResult, result);
    }

    static ReportBuilder accepted() {
        return of(TransactionResult.OK_ACCEPTED, FunctionResult.OK);
    }

    ReportBuilder text(String value) {
        resultText = value;
        return this;
    }

    /** Sets the amounts in cents; the total includes the extras. */
    ReportBuilder amounts(long total, Extras extras, Long cash) {
        amountTotal = total;
        amountSurcharge = extras.surchargeCents();
        amountTip = extras.tipCents();
        amountCash = cash;
        return this;
    }

    ReportBuilder authorised(String value) {
        authId = value;
        return this;
    }

    ReportBuilder references(String acquirer, String terminal) {
        acquirerRef = acquirer;
        terminalRef = terminal;
        return this;
    }

    ReportBuilder card(String pan, String type, String account) {
        cardPan = pan;
        cardType = type;
        accountType = account;
        return this;
    }

    ReportBuilder at(LocalDateTime time) {
        timestamp = TIMESTAMP.format(time);
        return this;
    }

    ReportBuilder printed(Receipt paper) {
        return printed(paper.print());
    }

    ReportBuilder printed(String paper) {
        receipt = paper;
        return this;
    }

    ReportBuilder status(DeviceStatus value) {
        status = value;
        return this;
    }

    Report build() {
        return new Report(
                transactionResult,
                result,
                resultText,
                amountTotal,
                amountSurcharge,
                amountTip,
                amountCash,
                authId,
                acquirerRef,
                terminalRef,
                cardPan,
                cardType,
                accountType,
                timestamp,
                receipt,
                status,
                null);
    }
}
