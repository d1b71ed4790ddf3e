package dev.terminalcloud.transaction.callback;

import dev.terminalcloud.posapi.ApiError;
import dev.terminalcloud.posapi.ApiErrorCode;

/** Errors of {@code PosNotificationCallbackUrl}: status and text are part of the POS API. */
public enum CallbackUrlError implements ApiErrorCode {
    NOT_A_URL("is not a URL", "It can't be read as a URL.", "Encode the URL's own special characters."),
    NOT_HTTP("must begin with http:// or https://", "It is relative or of another kind.", "Send an absolute URL."),
    NO_HOST("has no host", "It names no host.", "Send an absolute URL."),
    USER_INFORMATION(
            "must not have user information",
            "It has a user name or a password before the host.",
            "Leave them out: each callback is signed.");

    private final ApiError refusal;

    CallbackUrlError(String rule, String when, String advice) {
        this.refusal = new ApiError(400, "PosNotificationCallbackUrl " + rule, when, advice);
    }

    @Override
    public ApiError error() {
        return refusal;
    }
}
