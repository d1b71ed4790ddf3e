package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the function itself came to its end (POS API, {@code data.Result}). */
public enum Result {
    @JsonProperty("OK")
    OK,
    @JsonProperty("CANCELLED")
    CANCELLED,
    @JsonProperty("FAILED")
    FAILED,
    /** Said by the cloud alone: the device certainly did not run it and never will. */
    @JsonProperty("FAILED-INTERFACE")
    FAILED_INTERFACE
}
