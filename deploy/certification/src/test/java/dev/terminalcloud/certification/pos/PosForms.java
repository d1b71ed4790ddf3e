package dev.terminalcloud.certification.pos;

import dev.terminalcloud.virtualregister.RegisterNames;
import java.util.Map;

/** The parameters of the requests of a scripted POS. */
record PosForms(PosProfile profile, PosDefect defect, String callbackUrl) {
    private static final RegisterNames NAMES =
            RegisterNames.of("db/6bd3bf1c", "Kasse 1 & 2", "Main Street Café", "Scripted POS");

    /** Returns the parameters of the pairing with this number. */
    Map<String, String> pairing(int number) {
        return defect == PosDefect.PAIRS_WITHOUT_A_REGISTER_NAME && number == 2
                ? NAMES.without("POSRegisterName").parameters()
                : NAMES.parameters();
    }

    /** Returns the parameters of the sale with this number. */
    Map<String, String> start(Sale sale, int number) {
        long cents = defect == PosDefect.SENDS_TENTHS ? sale.cents() / 10 : sale.cents();
        Map<String, String> form = NAMES.without("POSRegisterName").purchase(cents);
        sale.original().ifPresent(original -> {
            form.put("TransactionType", "Card.Refund");
            form.put("OriginalTransactionId", original);
        });
        if (profile == PosProfile.SYNCHRONOUS) {
            form.remove("TransactionMode");
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
        return NAMES.transaction(function, Map.of());
    }
}
