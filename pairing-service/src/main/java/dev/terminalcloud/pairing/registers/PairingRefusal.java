package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.posapi.RefusedException;

/** Why a register is not paired: status and text are part of the POS API. */
enum PairingRefusal {
    /** Wrong, used, replaced or expired: a register is not told which. */
    INVALID_CODE(400, "Invalid Pairing Code. Please make sure you entered the code correctly");

    private final int status;
    private final String text;

    PairingRefusal(int status, String text) {
        this.status = status;
        this.text = text;
    }

    RefusedException exception() {
        return RefusedException.of(status, text);
    }
}
