package dev.terminalcloud.virtualdevice.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the function itself came to its end; {@code result} on the wire. */
public enum FunctionResult {
    @JsonProperty("OK")
    OK,
    @JsonProperty("CANCELLED")
    CANCELLED,
    @JsonProperty("FAILED")
    FAILED
}
