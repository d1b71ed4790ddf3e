package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.CancellationStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;

/**
 * State of the cancellation that a register has requested (section 10 of the POS API); immutable.
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

    /** Returns false while its device is being asked, or if it has answered that it can't. */
    boolean mayBeRequestedAgain() {
        return status != CancellationStatus.REQUESTED && status != CancellationStatus.TOO_LATE;
    }

    /** Returns true if this status, which is not the transaction's end, is news. */
    boolean changesTo(CancellationStatus answer) {
        return status == CancellationStatus.REQUESTED
                || (status == CancellationStatus.UNANSWERED && answer == CancellationStatus.TOO_LATE);
    }

    CancellationState answered(CancellationStatus answer) {
        return new CancellationState(answer, requestedAt);
    }

    /**
     * Returns the state after the transaction's end, which is the last answer: one that was unanswered stays so, unless the device did stop
     * it.
     */
    CancellationState afterEnd(boolean endedInCancellation) {
        if (endedInCancellation) {
            return answered(CancellationStatus.DONE);
        }
        return status == CancellationStatus.REQUESTED ? answered(CancellationStatus.TOO_LATE) : this;
    }
}
