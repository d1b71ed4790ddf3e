package dev.terminalcloud.virtualdevice.function;

import dev.terminalcloud.virtualdevice.behaviour.Extras;
import dev.terminalcloud.virtualdevice.protocol.DeviceStatus;
import dev.terminalcloud.virtualdevice.protocol.FunctionResult;
import dev.terminalcloud.virtualdevice.protocol.Report;
import dev.terminalcloud.virtualdevice.protocol.ReportBuilder;
import dev.terminalcloud.virtualdevice.protocol.TransactionResult;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The report of a function while it is put together, in the terms of a device. For one thread. */
final class FunctionReport {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

    private final ReportBuilder members = ReportBuilder.builder();

    static FunctionReport of(TransactionResult transactionResult, FunctionResult result) {
        FunctionReport report = new FunctionReport();
        report.members.transactionResult(transactionResult).result(result);
        return report;
    }

    static FunctionReport accepted() {
        return of(TransactionResult.OK_ACCEPTED, FunctionResult.OK);
    }

    FunctionReport text(String value) {
        members.resultText(value);
        return this;
    }

    /** Sets the amounts in cents; the total includes the extras. */
    FunctionReport amounts(long total, Extras extras, Long cash) {
        members.amountTotal(total)
                .amountSurcharge(extras.surchargeCents())
                .amountTip(extras.tipCents())
                .amountCash(cash);
        return this;
    }

    FunctionReport authorised(String authId) {
        members.authId(authId);
        return this;
    }

    FunctionReport references(String acquirer, String terminal) {
        members.acquirerRef(acquirer).terminalRef(terminal);
        return this;
    }

    FunctionReport card(String pan, String type, String account) {
        members.cardPan(pan).cardType(type).accountType(account);
        return this;
    }

    FunctionReport at(LocalDateTime time) {
        members.timestamp(TIMESTAMP.format(time));
        return this;
    }

    FunctionReport printed(Receipt paper) {
        return printed(paper.print());
    }

    FunctionReport printed(String paper) {
        members.receipt(paper);
        return this;
    }

    FunctionReport status(DeviceStatus value) {
        members.status(value);
        return this;
    }

    Report build() {
        return members.build();
    }
}
