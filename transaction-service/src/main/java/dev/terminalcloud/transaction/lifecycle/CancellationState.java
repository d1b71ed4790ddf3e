package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.CancellationStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;

/**
 * State of the cancellation that a register has requested (section 10 of the POS API); immutable. A resolved one is final: only another request
 * after {@code UNANSWERED} opens it again.
 *
 * @param status how far it has got
 * @param requestedAt when its register has last requested it; null if it ended the transaction at once
 */
@Embeddable
record CancellationState(
        @Column(name = "cancellation") @Enumerated(EnumType.STRING) CancellationStatus status,
        @Column(name = "cancel_requested_at") Instant requestedAt) {

    /** Returns that of a transaction that its device had not claimed. */
    static CancellationState beforeStart() {
        return new CancellationState(CancellationStatus.DONE, null);
    }

    /** Returns one that its device is asked for now. */
    static CancellationState requested(Instant now) {
        return new CancellationState(CancellationStatus.REQUESTED, now);
    }

    /** Returns true after an attempt without an answer. */
    boolean mayBeRequestedAgain() {
        return status == CancellationStatus.UNANSWERED;
    }

    /** Returns true while its device is being asked: an answer counts then, and a later one changes nothing. */
    boolean isOpen() {
        return status == CancellationStatus.REQUESTED;
    }

    CancellationState answered(CancellationStatus answer) {
        return new CancellationState(answer, requestedAt);
    }

    /** Returns the state after the transaction's end: the last answer to an open request, and nothing new about a resolved one. */
    CancellationState afterEnd(boolean endedInCancellation) {
        return isOpen() ? answered(endedInCancellation ? CancellationStatus.DONE : CancellationStatus.TOO_LATE) : this;
    }
}
