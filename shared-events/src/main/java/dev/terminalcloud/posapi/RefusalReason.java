package dev.terminalcloud.posapi;

import java.time.Duration;

/** A reason to refuse a request of a POS. Each family of them is an enum, from which the POS API is documented. */
public interface RefusalReason {
    /** Of the constant. */
    String name();

    Refusal refusal();

    /**
     * The refusal as it is thrown.
     *
     * @param values what varies in its text, in the order of the text
     */
    default RefusedException exception(Object... values) {
        return RefusedException.of(refusal(), null, values);
    }

    /**
     * The same with a {@code Retry-After} of its own.
     *
     * @param values what varies in its text, in the order of the text
     */
    default RefusedException exceptionUntil(Duration wait, Object... values) {
        return RefusedException.of(refusal().retryAfter(wait), null, values);
    }

    /** The same, for a failure of ours. */
    default RefusedException causedBy(Throwable cause) {
        return RefusedException.of(refusal(), cause);
    }
}
