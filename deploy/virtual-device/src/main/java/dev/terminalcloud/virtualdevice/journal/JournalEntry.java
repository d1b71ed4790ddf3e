package dev.terminalcloud.virtualdevice.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.RefusalReason;
import dev.terminalcloud.virtualdevice.protocol.Report;
import java.time.Instant;
import java.util.UUID;

/**
 * The journal's entry of one transaction.
 *
 * <pre>
 *   offer ──▶ CLAIMED ── granted ──▶ RUNNING ── ended ──▶ FINISHED
 *     │          └── refused, no answer ──▶ REFUSED
 *     └── refused ──▶ REFUSED           anything else about an unknown id ──▶ NEVER_SEEN ── ended ──▶ FINISHED
 * </pre>
 *
 * An id moves only in the direction of the arrows. The last of them is for a device that loses its journal while it runs a payment: it
 * has reported the id as never seen, and learns the outcome when the payment ends.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
public sealed interface JournalEntry {

    /** The rows of the device's decision table. */
    enum State {
        CLAIMED,
        RUNNING,
        FINISHED,
        REFUSED,
        NEVER_SEEN;

        /** Returns whether an entry may move from this state to {@code next}. */
        boolean mayBecome(State next) {
            return switch (this) {
                case CLAIMED -> next == RUNNING || next == REFUSED;
                case RUNNING -> next == FINISHED;
                case FINISHED, NEVER_SEEN -> next == FINISHED;
                case REFUSED -> false;
            };
        }
    }

    UUID transactionId();

    State state();

    /** Returns whether the device is busy with this transaction: it is claimed or running. */
    default boolean open() {
        return state() == State.CLAIMED || state() == State.RUNNING;
    }

    /** Returns whether the device has nothing more to do or send for it, unless the cloud asks. */
    default boolean isClosed() {
        return !open() && !(this instanceof Finished finished && !finished.acknowledged());
    }

    /**
     * The device has the offer and has requested the grant to run it.
     *
     * @param since the time of the first claim; the timeout of the answer starts then
     */
    @JsonTypeName("claimed")
    record Claimed(Offer offer, Instant since) implements JournalEntry {
        @Override
        public UUID transactionId() {
            return offer.transactionId();
        }

        @Override
        public State state() {
            return State.CLAIMED;
        }
    }

    /** The customer is asked to pay. */
    @JsonTypeName("running")
    record Running(Offer offer) implements JournalEntry {
        @Override
        public UUID transactionId() {
            return offer.transactionId();
        }

        @Override
        public State state() {
            return State.RUNNING;
        }
    }

    /**
     * The transaction has ended with this report.
     *
     * @param acknowledged true if the cloud has the report: it need not be repeated
     */
    @JsonTypeName("finished")
    record Finished(Offer offer, Report report, boolean acknowledged) implements JournalEntry {
        @Override
        public UUID transactionId() {
            return offer.transactionId();
        }

        @Override
        public State state() {
            return State.FINISHED;
        }
    }

    /** It did not run and never will. */
    @JsonTypeName("refused")
    record Refused(UUID transactionId, RefusalReason reason) implements JournalEntry {
        @Override
        public State state() {
            return State.REFUSED;
        }
    }

    /**
     * The cloud sent an id that the device did not know: it may have lost its journal. The only answer is then and
     * for ever "never seen", because a refusal would state that it certainly did not run.
     */
    @JsonTypeName("never-seen")
    record NeverSeen(UUID transactionId) implements JournalEntry {
        @Override
        public State state() {
            return State.NEVER_SEEN;
        }
    }
}
