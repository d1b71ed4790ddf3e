package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.posapi.ApiError;
import dev.terminalcloud.posapi.ApiErrorCode;
import java.time.Duration;

/** Errors of a poll or a cancellation: status and text are part of the POS API. */
public enum PollingError implements ApiErrorCode {
    INVALID_TOKEN(new ApiError(
            401,
            "Invalid token",
            "The token is missing or wrong, or there is no such transaction.",
            "Use the PollingUrl as it came, character by character.")),
    TOKEN_EXPIRED(new ApiError(
            401,
            "Token expired",
            "More than 15 minutes have passed since the transaction was started.",
            "Stop polling and look at the device: the transaction may have ended there in any way.")),
    UNAVAILABLE(new ApiError(
                    503,
                    "The transaction can't be looked at at the moment. Please poll again",
                    "Nothing has changed by that: the transaction goes on.",
                    "Go on polling after Retry-After.")
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
