package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Reasons of a device that did not run a transaction and never will (device protocol, {@code transaction-refused}). */
public enum RefusalReason {
    @JsonProperty("BUSY")
    BUSY,
    @JsonProperty("NOT-READY")
    NOT_READY,
    @JsonProperty("OLD-PAIRING")
    OLD_PAIRING,
    @JsonProperty("NO-GRANT")
    NO_GRANT
}
