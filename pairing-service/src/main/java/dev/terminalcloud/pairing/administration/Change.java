package dev.terminalcloud.pairing.administration;

import dev.terminalcloud.pairing.registers.RegisterKey;

/**
 * What has become of a request when its transaction is about to be committed.
 *
 * @param register the register that it concerned; null if there was none
 * @param reason why it was refused; null if it was not
 * @param status of the refusal
 */
record Change(Outcome outcome, RegisterKey register, int status, String reason) {
    enum Outcome {
        DONE,
        /** What was asked for was so already. */
        UNCHANGED,
        /** Nothing was changed. */
        REFUSED
    }

    static Change done() {
        return new Change(Outcome.DONE, null, 0, null);
    }

    static Change unchanged() {
        return new Change(Outcome.UNCHANGED, null, 0, null);
    }

    /** @param reason names what stands against it, and no secret: it is kept */
    static Change refused(int status, String reason) {
        return new Change(Outcome.REFUSED, null, status, reason);
    }

    static Change noSuchDevice(String deviceId) {
        return refused(404, "There is no device " + deviceId);
    }

    Change of(RegisterKey concerned) {
        return new Change(outcome, concerned, status, reason);
    }
}
