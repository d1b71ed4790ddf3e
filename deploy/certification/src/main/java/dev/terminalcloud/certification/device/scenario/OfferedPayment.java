package dev.terminalcloud.certification.device.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** A transaction that the suite offers. Its amount is in cents; 0 for functions without an amount. */
record OfferedPayment(String id, long pairingNumber, String function, long amountTotal) {
    /** A virtual device approves this amount; a person is asked to pay it. */
    private static final long PAID = 1_00;
    /** A virtual device leaves this amount unpaid; a person is asked to do so. */
    private static final long UNPAID = 1_59;

    static OfferedPayment toBePaid(long pairingNumber) {
        return new OfferedPayment(newId(), pairingNumber, "Card.Purchase", PAID);
    }

    static OfferedPayment toBeLeft(long pairingNumber) {
        return new OfferedPayment(newId(), pairingNumber, "Card.Purchase", UNPAID);
    }

    static OfferedPayment function(String name, long pairingNumber) {
        return new OfferedPayment(newId(), pairingNumber, name, 0);
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    OfferedPayment ofPairing(long number) {
        return new OfferedPayment(id, number, function, amountTotal);
    }

    ObjectNode offer() {
        ObjectNode offer = JsonNodeFactory.instance
                .objectNode()
                .put("type", "offer-transaction")
                .put("transactionId", id)
                .put("pairingNumber", pairingNumber)
                .put("function", function);
        return amountTotal == 0 ? offer : offer.put("amountTotal", amountTotal);
    }
}
