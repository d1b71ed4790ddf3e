package dev.terminalcloud.administration;

/**
 * What has become of a request when its transaction is about to be committed.
 *
 * @param vendorName of the register that it concerned; null if there was none
 * @param registerId of the same register
 * @param reason why it was refused; null if it was not
 * @param status of the refusal
 */
public record Change(Outcome outcome, String vendorName, String registerId, int status, String reason) {
    public enum Outcome {
        DONE,
        /** What was asked for was so already. */
        UNCHANGED,
        /** Nothing was changed. */
        REFUSED
    }

    public static Change done() {
        return new Change(Outcome.DONE, null, null, 0, null);
    }

    public static Change unchanged() {
        return new Change(Outcome.UNCHANGED, null, null, 0, null);
    }

    /** Nothing was changed: the reason names what stands against it, and no secret, as it is kept. */
    public static Change refused(int status, String reason) {
        return new Change(Outcome.REFUSED, null, null, status, reason);
    }

    /** The same, with the register that it concerned. */
    public Change of(String vendor, String register) {
        return new Change(outcome, vendor, register, status, reason);
    }
}
