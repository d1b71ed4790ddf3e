package dev.terminalcloud.virtualdevice.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The reason why the device did not run a transaction and never will. */
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
