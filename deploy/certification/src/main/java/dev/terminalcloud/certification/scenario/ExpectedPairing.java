package dev.terminalcloud.certification.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the suite has told the device about its pairing. Numbers only grow. */
record ExpectedPairing(long number, boolean paired, String businessName, String registerName) {

    static ExpectedPairing unpaired(long number) {
        return new ExpectedPairing(number, false, "", "");
    }

    ExpectedPairing afterPairing() {
        return new ExpectedPairing(number + 1, true, "Certified Shop", "Till " + (number + 1) % 1_000);
    }

    ExpectedPairing afterUnpairing() {
        return unpaired(number + 1);
    }

    /** What the display of a paired device shows. */
    String display() {
        return businessName + ": " + registerName;
    }

    ObjectNode message() {
        ObjectNode message = JsonNodeFactory.instance
                .objectNode()
                .put("type", paired ? "paired" : "unpaired")
                .put("pairingNumber", number);
        return paired ? message.put("businessName", businessName).put("registerName", registerName) : message;
    }
}
