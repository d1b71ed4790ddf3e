package dev.terminalcloud.virtualdevice.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The result of the function itself; {@code result} in messages. */
public enum FunctionResult {
    @JsonProperty("OK")
    OK,
    @JsonProperty("CANCELLED")
    CANCELLED,
    @JsonProperty("FAILED")
    FAILED
}
