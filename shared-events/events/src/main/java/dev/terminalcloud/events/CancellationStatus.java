package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** State of the cancellation of a transaction that its register has requested (POS API, {@code data.Cancellation}). */
public enum CancellationStatus {
    /** The device is asked to stop. */
    @JsonProperty("REQUESTED")
    REQUESTED,
    /** The transaction has ended as cancelled. */
    @JsonProperty("DONE")
    DONE,
    /** The transaction can no longer be stopped, or has ended otherwise: its result counts. */
    @JsonProperty("TOO-LATE")
    TOO_LATE,
    /** The device is offline or has not answered in time: the transaction goes on. */
    @JsonProperty("UNANSWERED")
    UNANSWERED
}
