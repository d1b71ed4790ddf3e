package dev.terminalcloud.local.rollout;

import java.io.Serial;

/** The process of a pod was started again and again, and never became live. The message says which, and where to look. */
public final class FailedStartsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    FailedStartsException(String name, int attempts) {
        super("%s failed to start %d times in a row, read its log".formatted(name, attempts));
    }
}
