package dev.terminalcloud.startup;

/** The service can't start, and would not if it were tried again. The message says what is wrong and what to check. */
public final class StartupFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartupFailedException(String message) {
        super(message);
    }
}
