package dev.terminalcloud.startup;

/** The service can't start, and a retry would not help. The message says what is wrong and what to check. */
public final class StartupFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartupFailedException(String message) {
        super(message);
    }
}
