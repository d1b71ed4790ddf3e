package dev.terminalcloud.local;

import java.io.Serial;

/** A failure of the stack to start or to go on. The message is for the user of the command: what happened, and what to do. */
final class StackException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    StackException(String message) {
        super(message);
    }

    StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
