package dev.terminalcloud.transaction.presence;

import dev.terminalcloud.posapi.ApiError;
import dev.terminalcloud.posapi.ApiErrorCode;
import java.time.Duration;

/** Errors of a register that asks for its device: status and text are part of the POS API. */
public enum PresenceError implements ApiErrorCode {
    NO_DEVICE(new ApiError(
            400,
            "This register is not paired to a device, please pair it first.",
            "The token is the register's, but its pairing has ended.",
            "Pair the register.")),
    INVALID_PROBE(new ApiError(
            400,
            "probe must be true or false",
            "probe has another value.",
            "Send probe=true to measure the round trip, or leave it out.")),
    PROBE_UNDER_WAY(new ApiError(
                    429,
                    "Another probe of this device has not ended",
                    "A device is probed once at a time.",
                    "Wait for the answer to the other request, or for Retry-After.")
            .retryAfter(Duration.ofSeconds(5))),
    TOO_MANY_PROBES(new ApiError(
                    429,
                    "Too many probes of this device: the limit is {limit=12} per minute",
                    "The register has probed its device too often.",
                    "Wait for Retry-After, or ask without probe.")
            .retryAfter(Duration.ofSeconds(60))),
    PRESENCE_UNAVAILABLE(new ApiError(
                    503,
                    "The state of the device is temporarily unavailable. Try again",
                    "No transaction is affected.",
                    "Try again after Retry-After.")
            .retryAfter(Duration.ofSeconds(1))),
    DEVICE_OFFLINE(new ApiError(
            504,
            "The device is not connected",
            "The device can't be probed. The same request without probe says when it was last seen.",
            "Check the power and the network of the device.")),
    DEVICE_UNRESPONSIVE(new ApiError(
            504,
            "The device did not respond within 5 s",
            "The device has a connection, and has not answered the probe.",
            "Probe again. If it still does not respond, check the network of the device."));

    private final ApiError error;

    PresenceError(ApiError error) {
        this.error = error;
    }

    @Override
    public ApiError error() {
        return error;
    }
}
