package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.posapi.ApiError;
import dev.terminalcloud.posapi.ApiErrorCode;
import java.time.Duration;

/** Errors of a poll or a cancellation: status and text are part of the POS API. */
public enum PollingError implements ApiErrorCode {
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
