package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Result of the function itself (POS API, {@code data.Result}). */
public enum Result {
    @JsonProperty("OK")
    OK,
    @JsonProperty("CANCELLED")
    CANCELLED,
    @JsonProperty("FAILED")
    FAILED,
    /** Set by the cloud only: the device certainly did not run the function and never will. */
    @JsonProperty("FAILED-INTERFACE")
    FAILED_INTERFACE
}
