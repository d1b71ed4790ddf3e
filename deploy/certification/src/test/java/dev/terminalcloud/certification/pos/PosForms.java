package dev.terminalcloud.certification.pos;

import java.util.HashMap;
import java.util.Map;

/** The parameters of the requests of a scripted POS. */
record PosForms(PosProfile profile, PosDefect defect, String callbackUrl) {
    private static final Map<String, String> NAMES = Map.of(
            "POSRegisterID", "db/6bd3bf1c",
            "POSRegisterName", "Kasse 1 & 2",
            "POSBusinessName", "Main Street Café",
            "POSVendorName", "Scripted POS");

    /** Returns the parameters of the pairing with this number. */
    Map<String, String> pairing(int number) {
        Map<String, String> form = new HashMap<>(NAMES);
        if (defect == PosDefect.PAIRS_WITHOUT_A_REGISTER_NAME && number == 2) {
            form.remove("POSRegisterName");
        }
        return form;
    }

    /** Returns the parameters of the sale with this number. */
    Map<String, String> start(Sale sale, int number) {
        Map<String, String> form = new HashMap<>(NAMES);
        form.remove("POSRegisterName");
        form.put("TransactionType", "Card.Purchase");
        form.put("AmountTotal", Long.toString(defect == PosDefect.SENDS_TENTHS ? sale.cents() / 10 : sale.cents()));
        if (profile != PosProfile.SYNCHRONOUS) {
            form.put("TransactionMode", "ASYNC");
        }
        if (profile.isComplete()) {
            boolean isLong = defect == PosDefect.SENDS_A_LONG_REFERENCE && number == 1;
            form.put("POSReferenceID", isLong ? "S".repeat(65) : sale.key());
            form.put("PosNotificationCallbackUrl", callbackUrl);
        }
        if (defect == PosDefect.SENDS_ANOTHER_BUSINESS_NAME && number == 1) {
            form.put("POSBusinessName", "Main Street Cafe");
        }
        return form;
    }

    /** Returns the parameters of a function without a customer. */
    static Map<String, String> function(String function) {
        Map<String, String> form = new HashMap<>(NAMES);
        form.put("TransactionType", function);
        form.put("TransactionMode", "ASYNC");
        return form;
    }
}
