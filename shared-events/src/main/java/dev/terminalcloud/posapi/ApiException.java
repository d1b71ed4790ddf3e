package dev.terminalcloud.posapi;

import java.time.Duration;
import java.util.Optional;

/** A request of a POS that is refused: the status and the text are part of the POS API. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final Duration retryAfter;

    private ApiException(int status, String text, Duration retryAfter, Throwable cause) {
        super(text, cause, false, false);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** The request can't be right, whenever it is sent: 400. The text names the parameter and its rule. */
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

    /** The same request may succeed after a while: {@code Retry-After} says when. */
    public static ApiException retryLater(int status, String text, Duration retryAfter, Throwable cause) {
        return new ApiException(status, text, retryAfter, cause);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
