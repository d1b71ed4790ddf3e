package dev.terminalcloud.startup;

/** The service can't start, and would not if it were tried again. The message says what is wrong and what to check. */
public final class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartRefusedException(String message) {
        super(message);
    }
}
