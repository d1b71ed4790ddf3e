package dev.terminalcloud.certification.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** A transaction that the suite offers. Its amount is in cents; functions that need none have 0. */
record OfferedPayment(String id, long pairingNumber, String function, long amountTotal) {
    /** A virtual device approves it, a person is told to pay it. */
    private static final long PAID = 1_00;
    /** A virtual device leaves it unpaid, a person is told to do so. */
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
