package dev.terminalcloud.certification.device.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The pairing state that the suite has sent to the device. Numbers only increase. */
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

    /** Returns the text on the display of a paired device. */
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
