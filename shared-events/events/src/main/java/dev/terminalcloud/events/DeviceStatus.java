package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Status reported by the device (device protocol, {@code hello} and {@code status}). */
public enum DeviceStatus {
    @JsonProperty("READY")
    READY,
    @JsonProperty("NOT-INITIALIZED")
    NOT_INITIALIZED,
    @JsonProperty("NOT-LOGGED-ON")
    NOT_LOGGED_ON,
    @JsonProperty("REVERSAL-PENDING")
    REVERSAL_PENDING
}
