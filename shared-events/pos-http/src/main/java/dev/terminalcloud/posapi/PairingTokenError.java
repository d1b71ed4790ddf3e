package dev.terminalcloud.posapi;

/** Errors of the pairing token: status and text are part of the POS API. */
public enum PairingTokenError implements ApiErrorCode {
    PAIRING_TOKEN_MISSING(new ApiError(
            401,
            "Pairing-Token is missing",
            "The request needs the header Pairing-Token. It had no effect.",
            "Send the token that the register got when it was paired. If it has none, pair it again.")),
    PAIRING_TOKEN_INVALID(new ApiError(
            401,
            "Invalid pairing token",
            "The token is not the register's newest, or the register is unknown. The request had no effect.",
            "Send the token of the newest pairing. If it is lost, pair the register again."));

    private final ApiError error;

    PairingTokenError(ApiError error) {
        this.error = error;
    }

    @Override
    public ApiError error() {
        return error;
    }
}
