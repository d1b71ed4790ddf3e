package dev.terminalcloud.certification.operator;

/** A check can't be made; the message says why. */
public final class NotRunException extends Exception {
    private static final long serialVersionUID = 1L;

    public NotRunException(String reason) {
        super(reason);
    }
}
