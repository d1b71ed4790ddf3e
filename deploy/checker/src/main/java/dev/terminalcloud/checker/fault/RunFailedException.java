package dev.terminalcloud.checker.fault;

/** The run can't go on, for a reason that its message says in one line. */
public final class RunFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RunFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
