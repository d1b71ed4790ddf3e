package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.posapi.RefusedException;
import java.time.Duration;

/** Why a register is not paired: status and text are part of the POS API. */
enum PairingRefusal {
    /** Wrong, used, replaced or expired: a register is not told which. */
    INVALID_CODE(400, "Invalid Pairing Code. Please make sure you entered the code correctly"),
    /** Too many codes were wrong: this one is not looked at, so the answer says nothing about it. */
    TOO_MANY_WRONG_CODES(429, "Too many wrong pairing codes. Please wait before you try again");

    private final int status;
    private final String text;

    PairingRefusal(int status, String text) {
        this.status = status;
        this.text = text;
    }

    RefusedException exception() {
        return RefusedException.of(status, text);
    }

    RefusedException exception(Duration retryAfter) {
        return RefusedException.retryLater(status, text, retryAfter, null);
    }
}
