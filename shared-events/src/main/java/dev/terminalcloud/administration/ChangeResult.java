package dev.terminalcloud.administration;

/**
 * What has become of a request when its transaction is about to be committed.
 *
 * @param vendorName of the register that it concerned; null if there was none
 * @param registerId of the same register
 * @param reason why it was refused; null if it was not
 * @param status of the refusal
 */
public record ChangeResult(Outcome outcome, String vendorName, String registerId, int status, String reason) {
    public enum Outcome {
        DONE,
        /** What was asked for was so already. */
        UNCHANGED,
        /** Nothing was changed. */
        REFUSED
    }

    public static ChangeResult done() {
        return new ChangeResult(Outcome.DONE, null, null, 0, null);
    }

    public static ChangeResult unchanged() {
        return new ChangeResult(Outcome.UNCHANGED, null, null, 0, null);
    }

    /** Nothing was changed: the reason names what stands against it, and no secret, as it is kept. */
    public static ChangeResult refused(int status, String reason) {
        return new ChangeResult(Outcome.REFUSED, null, null, status, reason);
    }

    /** The same, with the register that it concerned. */
    public ChangeResult withRegister(String vendor, String register) {
        return new ChangeResult(outcome, vendor, register, status, reason);
    }
}
