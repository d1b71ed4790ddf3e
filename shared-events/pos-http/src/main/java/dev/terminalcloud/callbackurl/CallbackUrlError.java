package dev.terminalcloud.callbackurl;

import dev.terminalcloud.posapi.ApiError;
import dev.terminalcloud.posapi.ApiErrorCode;

/** Errors of {@code PosNotificationCallbackUrl}: status and text are part of the POS API. */
public enum CallbackUrlError implements ApiErrorCode {
    NOT_HTTP("must start with http:// or https://", "It is relative or has another scheme.", "Send an absolute URL."),
    NO_HOST("must have a host", "It has no host.", "Send an absolute URL."),
    USER_INFORMATION(
            "must not contain user info", "It contains a user name or password.", "Remove them: callbacks are signed."),
    INVALID_PORT(
            "must have a port from 1 to 65535, or no colon after the host",
            "The port is empty, not a number or out of range.",
            "Correct the port, or leave it out with its colon."),
    INVALID_HOST(
            "must have a valid host",
            "The host is neither a name nor an address: a character, an empty or long label, a bracket.",
            "Correct it. Send an international name that is rejected in its ASCII form (xn--)."),
    INVALID_IPV4(
            "must have an IPv4 address as four decimal numbers",
            "The host ends in a number but is not an IPv4 address of four decimal numbers without leading zeros.",
            "Send the address as in 192.0.2.1."),
    IPV6_ZONE(
            "must not have an IPv6 zone",
            "The IPv6 address has a zone, which only the POS's own machine knows.",
            "Send an address without zone, or a name."),
    NOT_PUBLIC(
            "must have a public address",
            "The host is a private, loopback or other special-purpose address, or localhost.",
            "Send a URL that can be reached from the Internet.");

    private final ApiError refusal;

    CallbackUrlError(String rule, String when, String advice) {
        this.refusal = new ApiError(400, "PosNotificationCallbackUrl " + rule, when, advice);
    }

    @Override
    public ApiError error() {
        return refusal;
    }
}
