package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Result of the payment (POS API, {@code data.TransactionResult}). */
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
