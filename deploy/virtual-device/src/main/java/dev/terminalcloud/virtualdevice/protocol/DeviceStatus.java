package dev.terminalcloud.virtualdevice.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The status of the device in {@code hello} and {@code status}. */
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
