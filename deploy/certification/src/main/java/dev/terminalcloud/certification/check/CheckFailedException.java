package dev.terminalcloud.certification.check;

/** The device or POS violated the rule that is checked; the message describes the violation. */
public final class CheckFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    public CheckFailedException(String what) {
        super(what);
    }
}
