package dev.terminalcloud.transaction.callback;

import dev.terminalcloud.posapi.ApiError;
import dev.terminalcloud.posapi.ApiErrorCode;

/** Errors of {@code PosNotificationCallbackUrl}: status and text are part of the POS API. */
public enum CallbackUrlError implements ApiErrorCode {
    NOT_A_URL("must be a valid URL", "It can't be parsed as a URL.", "Percent-encode the URL's special characters."),
    NOT_HTTP("must start with http:// or https://", "It is relative or has another scheme.", "Send an absolute URL."),
    NO_HOST("must have a host", "It has no host.", "Send an absolute URL."),
    USER_INFORMATION(
            "must not contain user info", "It contains a user name or password.", "Remove them: callbacks are signed.");

    private final ApiError refusal;

    CallbackUrlError(String rule, String when, String advice) {
        this.refusal = new ApiError(400, "PosNotificationCallbackUrl " + rule, when, advice);
    }

    @Override
    public ApiError error() {
        return refusal;
    }
}
