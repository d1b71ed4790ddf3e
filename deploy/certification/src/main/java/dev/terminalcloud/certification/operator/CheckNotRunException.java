package dev.terminalcloud.certification.operator;

/** A check cannot be run; the message is the reason. */
public final class CheckNotRunException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean applicable;

    public CheckNotRunException(String reason) {
        this(reason, true);
    }

    private CheckNotRunException(String reason, boolean applicable) {
        super(reason);
        this.applicable = applicable;
    }

    /** Returns the exception for a check of an optional feature that is not used. */
    public static CheckNotRunException notApplicable(String reason) {
        return new CheckNotRunException(reason, false);
    }

    /** Returns false if the check is about an optional feature that is not used. */
    public boolean isApplicable() {
        return applicable;
    }
}
