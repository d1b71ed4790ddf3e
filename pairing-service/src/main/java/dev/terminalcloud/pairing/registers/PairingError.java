package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.posapi.ApiError;
import dev.terminalcloud.posapi.ApiErrorCode;
import java.time.Duration;

/** Errors of pairing: status and text are part of the POS API. */
enum PairingError implements ApiErrorCode {
    INVALID_CODE(new ApiError(
            400,
            "Invalid Pairing Code. Please make sure you entered the code correctly",
            "The code is wrong, used, replaced or expired; the response does not say which.",
            "Send the code that the device shows now.")),
    OTHER_OWNER(
            new ApiError(
                    400,
                    "This register is paired to a device of another owner. Please unpair it there first",
                    "The code is valid, but the register would move from one owner's device to another's. Nothing was changed.",
                    "Unpair the register at its device or with its token, then pair it. The code stays valid until it expires.")),
    TOO_MANY_WRONG_CODES(new ApiError(
                    429,
                    "Too many wrong pairing codes. Try again later",
                    "This register or address sent too many wrong codes. This one was not checked.",
                    "Wait for Retry-After, then send the code shown at that time.")
            .retryAfter(Duration.ofMinutes(1))),
    UNAVAILABLE(new ApiError(
                    503,
                    "Pairing is temporarily unavailable. Try again with the same code",
                    "The result is unknown, or the register is paired and transactions may not go to the device yet.",
                    "Retry with the same code: if the first request succeeded, the retry returns 200.")
            .retryAfter(Duration.ofSeconds(2)));

    private final ApiError refusal;

    PairingError(ApiError refusal) {
        this.refusal = refusal;
    }

    @Override
    public ApiError error() {
        return refusal;
    }
}
