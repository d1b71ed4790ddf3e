package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.posapi.ApiError;
import dev.terminalcloud.posapi.ApiErrorCode;
import java.time.Duration;

/** Errors of pairing: status and text are part of the POS API. */
enum PairingError implements ApiErrorCode {
    INVALID_CODE(new ApiError(
            400,
            "Invalid Pairing Code. Please make sure you entered the code correctly",
            "The code is wrong, used, replaced or expired: a register is not told which.",
            "Ask for the code that the device shows now, and send that.")),
    TOO_MANY_WRONG_CODES(new ApiError(
                    429,
                    "Too many wrong pairing codes. Please wait before you try again",
                    "Too many codes of this register or address were wrong. This one was not looked at.",
                    "Wait for Retry-After, then send the code that the device shows then.")
            .retryAfter(Duration.ofMinutes(1))),
    UNAVAILABLE(new ApiError(
                    503,
                    "Pairing is not possible at the moment. Please try again with the same code",
                    "Nothing is certain at the moment.",
                    "Repeat the request with the same code: if the first one paired, the repetition says so.")
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
