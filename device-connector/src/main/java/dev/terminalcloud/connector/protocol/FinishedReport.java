package dev.terminalcloud.connector.protocol;

import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.ReportedAmounts;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;

/**
 * The report in {@code transaction-finished}. What decides how it ended must be right: {@code result}, and {@code
 * transactionResult} if it is there. Any other member that breaks its rule is left out, see {@link Members#ignored()}.
 */
final class FinishedReport {
    private FinishedReport() {}

    static DeviceReport from(Members members) {
        return new DeviceReport(
                members.optionalEnumConstant(TransactionResult.class, "transactionResult"),
                result(members),
                members.orIgnored(TextMember.RESULT_TEXT, members::optionalText),
                ReportedAmounts.read(name -> members.orIgnored(name, members::optionalCents)),
                members.orIgnored(TextMember.AUTH_ID, members::optionalText),
                members.orIgnored(TextMember.ACQUIRER_REF, members::optionalText),
                members.orIgnored(TextMember.TERMINAL_REF, members::optionalText),
                members.orIgnored(TextMember.CARD_PAN, members::optionalCardPan),
                members.orIgnored(TextMember.CARD_TYPE, members::optionalText),
                members.orIgnored(TextMember.ACCOUNT_TYPE, members::optionalText),
                members.orIgnored("timestamp", members::optionalLocalTime),
                members.orIgnored(TextMember.RECEIPT, members::optionalText),
                members.orIgnored(TextMember.STATUS, members::optionalText),
                members.orIgnored(TextMember.REFERENCE_ID, members::optionalText));
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
