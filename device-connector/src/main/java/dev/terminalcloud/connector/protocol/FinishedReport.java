package dev.terminalcloud.connector.protocol;

import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;

/** The report in {@code transaction-finished}. */
final class FinishedReport {
    private FinishedReport() {}

    static DeviceReport from(Members members) {
        return new DeviceReport(
                members.optionalEnumConstant(TransactionResult.class, "transactionResult"),
                result(members),
                members.optionalText("resultText"),
                members.optionalCents("amountTotal"),
                members.optionalCents("amountSurcharge"),
                members.optionalCents("amountTip"),
                members.optionalCents("amountCash"),
                members.optionalText("authId"),
                members.optionalText("acquirerRef"),
                members.optionalText("terminalRef"),
                members.optionalCardPan("cardPan"),
                members.optionalText("cardType"),
                members.optionalText("accountType"),
                members.optionalLocalTime("timestamp"),
                members.optionalText("receipt"),
                members.optionalText("status"),
                members.optionalText("referenceId"));
    }

    /** Rejects "certainly never ran": only the cloud reports it, after a device refused; a device that finished did run. */
    private static Result result(Members members) {
        Result result = members.enumConstant(Result.class, "result");
        if (result == Result.FAILED_INTERFACE) {
            throw new InvalidMemberException("result", "must be one of the allowed values");
        }
        return result;
    }
}
