package dev.terminalcloud.virtualdevice.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The result of the payment. */
public enum TransactionResult {
    @JsonProperty("OK-ACCEPTED")
    OK_ACCEPTED,
    @JsonProperty("OK-DECLINED")
    OK_DECLINED,
    @JsonProperty("OK-UNAVAILABLE")
    OK_UNAVAILABLE,
    @JsonProperty("CANCELLED")
    CANCELLED,
    @JsonProperty("FAILED")
    FAILED
}
