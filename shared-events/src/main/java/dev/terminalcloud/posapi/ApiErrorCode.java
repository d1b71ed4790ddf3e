package dev.terminalcloud.posapi;

import java.time.Duration;

/** A reason to refuse a request of a POS. Each family of them is an enum, from which the POS API is documented. */
public interface ApiErrorCode {
    /** Of the constant. */
    String name();

    ApiError error();

    /**
     * The refusal as it is thrown.
     *
     * @param values what varies in its text, in the order of the text
     */
    default ApiException exception(Object... values) {
        return ApiException.of(error(), null, values);
    }

    /**
     * The same with a {@code Retry-After} of its own.
     *
     * @param values what varies in its text, in the order of the text
     */
    default ApiException exceptionWithRetryAfter(Duration wait, Object... values) {
        return ApiException.of(error().retryAfter(wait), null, values);
    }

    /** The same, for a failure of ours. */
    default ApiException causedBy(Throwable cause) {
        return ApiException.of(error(), cause);
    }
}
