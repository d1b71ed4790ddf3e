package dev.terminalcloud.administration;

/**
 * The result of a request, just before its transaction is committed.
 *
 * @param vendorName the vendor of the register that the request concerned; null if it concerned none
 * @param registerId the id of the same register
 * @param status the HTTP status of a refused request
 * @param reason why the request was refused; null if it was not
 */
public record ChangeResult(Outcome outcome, String vendorName, String registerId, int status, String reason) {
    public enum Outcome {
        DONE,
        /** The requested state already existed. */
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

    /** Nothing was changed. The reason names the rule that forbids it, and never a secret, since the audit trail stores it. */
    public static ChangeResult refused(int status, String reason) {
        return new ChangeResult(Outcome.REFUSED, null, null, status, reason);
    }

    /** Returns the same result with the register that the request concerned. */
    public ChangeResult withRegister(String vendor, String register) {
        return new ChangeResult(outcome, vendor, register, status, reason);
    }
}
