package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.pos.gateway.TransactionState;
import java.util.LinkedHashMap;
import java.util.Map;

/** States of a transaction, as devices report them. */
final class DeviceOutcomes {
    static final String DECLINED_TEXT = "Insufficient funds";
    static final long SURCHARGE = 50;
    static final long TIP = 150;

    private static final int RECEIPT_BYTES = 16 * 1024;
    private static final String RECEIPT_LINE = "Café Zürich   Grüße   12,34 €\n";

    private DeviceOutcomes() {}

    static TransactionState running() {
        return TransactionState.pending(Map.of("Prompt", "PRESENT CARD"));
    }

    static TransactionState delayed() {
        return TransactionState.pending(Map.of(
                "TransactionResult", "OK-DELAYED",
                "Result", "DELAYED-TRANSACTION",
                "ResultText", "Transaction takes longer than usual"));
    }

    static TransactionState approved(long cents) {
        return TransactionState.completed(approvedData(cents, 0, 0));
    }

    /** Returns an approval with a surcharge and a tip that the customer has added. */
    static TransactionState approvedWithTip(long cents) {
        return TransactionState.completed(approvedData(cents, SURCHARGE, TIP));
    }

    private static Map<String, String> approvedData(long cents, long surcharge, long tip) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("TransactionResult", "OK-ACCEPTED");
        data.put("Result", "OK");
        data.put("ResultText", "Approved");
        data.put("AmountTotal", Long.toString(cents + surcharge + tip));
        data.put("AmountSurcharge", Long.toString(surcharge));
        data.put("AmountTip", Long.toString(tip));
        data.put("AuthId", "731942");
        data.put("AcquirerRef", "104729");
        data.put("TerminalRef", "70000001");
        data.put("CardPan", "....0138");
        data.put("CardType", "VISA");
        data.put("AccountType", "CREDIT");
        data.put("Timestamp", "20260401120000");
        data.put("Receipt", "        CERTIFICATION\n          APPROVED\n\n");
        return data;
    }

    static TransactionState declined() {
        return TransactionState.completed(
                Map.of("TransactionResult", "OK-DECLINED", "Result", "OK", "ResultText", DECLINED_TEXT));
    }

    static TransactionState cancelled() {
        return TransactionState.completed(Map.of("TransactionResult", "CANCELLED", "Result", "CANCELLED"));
    }

    /** Returns the end of a transaction that the device certainly never ran. */
    static TransactionState unreachable() {
        return TransactionState.completed(Map.of("TransactionResult", "CANCELLED", "Result", "FAILED-INTERFACE"))
                .with("Delivery", "NOT-STARTED");
    }

    /** Returns an end that this version of the API does not have. */
    static TransactionState unknownResult() {
        return TransactionState.completed(
                Map.of("TransactionResult", "OK-PARTIAL", "Result", "OK", "ResultText", "Partially approved"));
    }

    /** Returns an approval with members that this version of the API does not have. */
    static TransactionState approvedWithUnknownMembers(long cents) {
        return approved(cents)
                .with("LoyaltyPoints", "12")
                .with("NetworkReference", "é|\"€")
                .withUnknownMembers(Map.of("apiVersion", "2"));
    }

    /** Returns an approval with the longest texts that a device may send, in other letters than those of ASCII. */
    static TransactionState approvedWithLongTexts(long cents) {
        String receipt = RECEIPT_LINE.repeat(RECEIPT_BYTES / (RECEIPT_LINE.length() + 5));
        return approved(cents)
                .with("Receipt", receipt + "\n")
                .with("ResultText", "Genehmigt – größere Beträge: " + "é".repeat(150));
    }
}
