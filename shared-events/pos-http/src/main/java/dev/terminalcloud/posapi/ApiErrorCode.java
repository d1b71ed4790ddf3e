package dev.terminalcloud.posapi;

import java.time.Duration;

/** Code of a POS API error. Each family of codes is an enum, from which the build documents the POS API. */
public interface ApiErrorCode {
    /** Returns the name of the constant. */
    String name();

    ApiError error();

    /**
     * Returns the exception to throw.
     *
     * @param values the values of the placeholders, in the order of the text
     */
    default ApiException exception(Object... values) {
        return ApiException.of(error(), null, values);
    }

    /**
     * Returns the exception with another {@code Retry-After}.
     *
     * @param values the values of the placeholders, in the order of the text
     */
    default ApiException exceptionWithRetryAfter(Duration wait, Object... values) {
        return ApiException.of(error().retryAfter(wait), null, values);
    }

    /** Returns the exception for an internal failure. */
    default ApiException causedBy(Throwable cause) {
        return ApiException.of(error(), cause);
    }
}
