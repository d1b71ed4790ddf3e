package dev.terminalcloud.transaction.idempotency;

import dev.terminalcloud.posapi.ApiError;
import dev.terminalcloud.posapi.ApiErrorCode;
import java.time.Duration;

/** Errors of a start with an {@code Idempotency-Key}: status and text are part of the POS API. */
public enum IdempotencyError implements ApiErrorCode {
    IDEMPOTENCY_KEY_INVALID(new ApiError(
            400,
            "Idempotency-Key must be 1 to " + IdempotencyKey.MAX_LENGTH + " visible ASCII characters",
            "The header Idempotency-Key is empty, too long, sent twice or has a space or another character.",
            "Send one key without spaces, a UUID for example.")),
    IDEMPOTENCY_KEY_REUSED(new ApiError(
            422,
            "Idempotency-Key was used for another request",
            "The register has started a transaction with this key and other parameters. This request started nothing.",
            "Send a new key with each sale, and the same parameters with each repetition.")),
    KEYED_START_UNAVAILABLE(new ApiError(
                    503,
                    "The service is temporarily unavailable. Repeat the request with the same Idempotency-Key",
                    "This request started nothing. Whether an earlier one with the same key did is unknown.",
                    "Repeat it with the same key after Retry-After.")
            .retryAfter(Duration.ofSeconds(5)));

    private final ApiError error;

    IdempotencyError(ApiError error) {
        this.error = error;
    }

    @Override
    public ApiError error() {
        return error;
    }
}
