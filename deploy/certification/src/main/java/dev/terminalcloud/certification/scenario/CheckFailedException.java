package dev.terminalcloud.certification.scenario;

/** The device broke the rule that is checked; the message says by what. */
public final class CheckFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    CheckFailedException(String what) {
        super(what);
    }
}
