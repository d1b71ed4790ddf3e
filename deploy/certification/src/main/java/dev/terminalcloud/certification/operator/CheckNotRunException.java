package dev.terminalcloud.certification.operator;

/** A check cannot be run; the message is the reason. */
public final class CheckNotRunException extends Exception {
    private static final long serialVersionUID = 1L;

    public CheckNotRunException(String reason) {
        super(reason);
    }
}
