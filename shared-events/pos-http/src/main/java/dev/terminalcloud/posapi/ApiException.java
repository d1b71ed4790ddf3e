package dev.terminalcloud.posapi;

import java.time.Duration;
import java.util.Optional;

/** A rejected request: its status and text are part of the API. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final Duration retryAfter;

    private ApiException(int status, String text, Duration retryAfter, Throwable cause) {
        super(text, cause, false, false);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** Returns a 400 for a request that is invalid whenever it is sent. The text names the parameter and its rule. */
    public static ApiException badRequest(String text) {
        return new ApiException(400, text, null, null);
    }

    static ApiException of(ApiError refusal, Throwable cause, Object... values) {
        return new ApiException(
                refusal.status(), refusal.format(values), refusal.retryAfter().orElse(null), cause);
    }

    public static ApiException of(int status, String text) {
        return new ApiException(status, text, null, null);
    }

    /** Returns an error for a request that may succeed later: {@code Retry-After} says when. */
    public static ApiException retryLater(int status, String text, Duration retryAfter, Throwable cause) {
        return new ApiException(status, text, retryAfter, cause);
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
