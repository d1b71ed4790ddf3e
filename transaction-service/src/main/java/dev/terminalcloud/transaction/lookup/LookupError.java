package dev.terminalcloud.transaction.lookup;

import dev.terminalcloud.posapi.ApiError;
import dev.terminalcloud.posapi.ApiErrorCode;
import java.time.Duration;

/** Errors of a register that lists its transactions: status and text are part of the POS API. */
public enum LookupError implements ApiErrorCode {
    LOOKUP_UNAVAILABLE(new ApiError(
                    503,
                    "The transactions are temporarily unavailable. Try again",
                    "No transaction is affected.",
                    "Try again after Retry-After.")
            .retryAfter(Duration.ofSeconds(1)));

    private final ApiError error;

    LookupError(ApiError error) {
        this.error = error;
    }

    @Override
    public ApiError error() {
        return error;
    }
}
