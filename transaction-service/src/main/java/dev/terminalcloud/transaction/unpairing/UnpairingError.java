package dev.terminalcloud.transaction.unpairing;

import dev.terminalcloud.posapi.ApiError;
import dev.terminalcloud.posapi.ApiErrorCode;
import java.time.Duration;

/** Errors of a register that unpairs: status and text are part of the POS API. */
public enum UnpairingError implements ApiErrorCode {
    OTHER_BUSINESS(new ApiError(
            400,
            "This register is not paired to a device, please pair it first.",
            "The token is the register's, but POSBusinessName is not that of its pairing.",
            "Send the names used for pairing.")),
    DEVICE_BUSY(new ApiError(
            409,
            "device is busy",
            "A transaction of this register has not ended. The register stays paired.",
            "Wait until the transaction has ended, then retry.")),
    UNAVAILABLE(new ApiError(
                    503,
                    "Unpairing is temporarily unavailable. Try again",
                    "The result is unknown, or the pairing has not ended yet. If it was accepted, nothing starts.",
                    "Retry: if the first request succeeded, the retry returns 200.")
            .retryAfter(Duration.ofSeconds(2)));

    private final ApiError error;

    UnpairingError(ApiError error) {
        this.error = error;
    }

    @Override
    public ApiError error() {
        return error;
    }
}
