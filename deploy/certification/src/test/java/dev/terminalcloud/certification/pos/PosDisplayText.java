package dev.terminalcloud.certification.pos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** The text that a POS shows of a transaction. */
final class PosDisplayText {
    private static final Set<String> KNOWN_MEMBERS = Set.of(
            "transactionId",
            "transactionTimeStamp",
            "merchantId",
            "deviceId",
            "transactionStatus",
            "merchantAccessToken",
            "version",
            "RecordExpiry",
            "data");

    private PosDisplayText() {}

    static String of(JsonNode transaction, Sale sale, PosDefect defect) {
        JsonNode data = transaction.path("data");
        String result = data.path("TransactionResult").asText();
        if (defect == PosDefect.FAILS_ON_UNKNOWN_MEMBERS && hasUnknownMembers(transaction)) {
            return "ERROR unknown member";
        }
        if (defect == PosDefect.FAILS_ON_A_DELAY && result.equals("OK-DELAYED")) {
            return "ERROR timeout";
        }
        if (!transaction.path("transactionStatus").asText().equals("COMPLETED")) {
            return "RUNNING";
        }
        if (defect == PosDefect.APPROVES_AN_UNREACHABLE_DEVICE
                && data.path("Result").asText().equals("FAILED-INTERFACE")) {
            return "APPROVED";
        }
        if (defect == PosDefect.BELIEVES_IN_ITS_CANCELLATION && sale.cancelled()) {
            return "CANCELLED";
        }
        return switch (result) {
            case "OK-ACCEPTED" -> approved(data, sale, defect);
            case "OK-DECLINED" ->
                defect == PosDefect.HIDES_THE_TEXT_OF_A_DECLINE
                        ? "DECLINED"
                        : "DECLINED " + data.path("ResultText").asText();
            case "CANCELLED" -> cancelled(sale, defect);
            default ->
                defect == PosDefect.APPROVES_EACH_OK && result.startsWith("OK-") ? "APPROVED" : "NOT PAID " + result;
        };
    }

    private static boolean hasUnknownMembers(JsonNode transaction) {
        boolean unknown = false;
        for (var names = transaction.fieldNames(); names.hasNext(); ) {
            unknown |= !KNOWN_MEMBERS.contains(names.next());
        }
        return unknown;
    }

    private static String approved(JsonNode data, Sale sale, PosDefect defect) {
        String total = defect == PosDefect.SHOWS_THE_REQUESTED_AMOUNT
                ? Long.toString(sale.cents())
                : data.path("AmountTotal").asText();
        return "APPROVED total " + total;
    }

    private static String cancelled(Sale sale, PosDefect defect) {
        boolean asError = defect == PosDefect.SHOWS_CANCELLATIONS_AS_ERRORS
                || (defect == PosDefect.SHOWS_ITS_CANCELLATION_AS_AN_ERROR && sale.cancelled());
        return asError ? "ERROR" : "CANCELLED";
    }
}
