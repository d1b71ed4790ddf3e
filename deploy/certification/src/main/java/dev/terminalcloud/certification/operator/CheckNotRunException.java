package dev.terminalcloud.certification.operator;

/** A check can't be made; the message says why. */
public final class CheckNotRunException extends Exception {
    private static final long serialVersionUID = 1L;

    public CheckNotRunException(String reason) {
        super(reason);
    }
}
