package dev.terminalcloud.local;

import java.io.Serial;

/** Why the stack can't start or go on. The message is for the person who typed the command: what happened, and what to do. */
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
