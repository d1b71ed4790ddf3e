package dev.terminalcloud.certification.scenario;

/** The device violated the rule that is checked; the message describes the violation. */
public final class CheckFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    CheckFailedException(String what) {
        super(what);
    }
}
