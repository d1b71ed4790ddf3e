package dev.terminalcloud.certification.script;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** A transaction that the suite offers. Its amount is in cents; functions that need none have 0. */
record Payment(String id, long pairingNumber, String function, long amountTotal) {
    /** A virtual device approves it, a person is told to pay it. */
    private static final long PAID = 1_00;
    /** A virtual device leaves it unpaid, a person is told to do so. */
    private static final long UNPAID = 1_59;

    static Payment toBePaid(long pairingNumber) {
        return new Payment(newId(), pairingNumber, "Card.Purchase", PAID);
    }

    static Payment toBeLeft(long pairingNumber) {
        return new Payment(newId(), pairingNumber, "Card.Purchase", UNPAID);
    }

    static Payment function(String name, long pairingNumber) {
        return new Payment(newId(), pairingNumber, name, 0);
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    Payment ofPairing(long number) {
        return new Payment(id, number, function, amountTotal);
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
