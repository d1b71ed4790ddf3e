package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.posapi.ApiError;
import dev.terminalcloud.posapi.ApiErrorCode;
import java.time.Duration;

/** Errors of a poll, an event stream or a cancellation: status and text are part of the POS API. */
public enum PollingError implements ApiErrorCode {
    INVALID_WAIT(new ApiError(
            400,
            "wait must be a whole number of seconds from 1 to " + LongPoll.MAX_SECONDS,
            "wait is zero, too large or not a number.",
            "Send wait=50, or poll without it.")),
    INVALID_VERSION(new ApiError(
            400,
            "version must be a whole number of at most 18 digits",
            "version, which is used with wait, is not a number.",
            "Send the version of the last response.")),
    INVALID_TOKEN(new ApiError(
            401,
            "Invalid token",
            "The token is missing or wrong, or the transaction does not exist.",
            "Use the PollingUrl exactly as returned.")),
    TOKEN_EXPIRED(new ApiError(
            401,
            "Token expired",
            "The lifetime of the polling token is over (15 minutes unless configured otherwise).",
            "Stop polling and check the device: the transaction may have any outcome.")),
    TOO_MANY_STREAMS(new ApiError(
                    429,
                    "Too many event streams of this transaction: the limit is {limit=8}",
                    "Event streams that are no longer used were not closed.",
                    "Close them, or poll.")
            .retryAfter(Duration.ofSeconds(15))),
    UNAVAILABLE(new ApiError(
                    503,
                    "The transaction is temporarily unavailable. Poll again",
                    "The transaction is not affected and continues.",
                    "Continue polling after Retry-After.")
            .retryAfter(Duration.ofSeconds(1)));

    private final ApiError refusal;

    PollingError(ApiError refusal) {
        this.refusal = refusal;
    }

    @Override
    public ApiError error() {
        return refusal;
    }
}
