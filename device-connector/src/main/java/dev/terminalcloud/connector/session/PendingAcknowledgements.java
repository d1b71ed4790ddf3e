package dev.terminalcloud.connector.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The messages of one device that are not acknowledged yet, in the order in which they came.
 *
 * <p>They are acknowledged in that order, whatever the order in which they complete (MQTT 3.1.1 and 5, section 4.6). Not
 * thread-safe.
 */
final class PendingAcknowledgements {
    private final int limit;
    private final Deque<Pending> pending = new ArrayDeque<>(4);

    PendingAcknowledgements(int limit) {
        this.limit = limit;
    }

    /** One message that waits for its acknowledgement. */
    static final class Pending {
        private final int packetId;
        private final long receivedNanos;
        private TransactionLog log = TransactionLog.NONE;
        private boolean completed;

        private Pending(int packetId, long receivedNanos) {
            this.packetId = packetId;
            this.receivedNanos = receivedNanos;
        }

        int packetId() {
            return packetId;
        }

        long receivedNanos() {
            return receivedNanos;
        }

        TransactionLog log() {
            return log;
        }

        /** Records the log of the transaction that the message is about. */
        void isAbout(TransactionLog transaction) {
            log = transaction;
        }
    }

    /** Adds a message; returns empty if the limit is reached. */
    Optional<Pending> add(int packetId, long nowNanos) {
        if (pending.size() == limit) {
            return Optional.empty();
        }
        Pending added = new Pending(packetId, nowNanos);
        pending.addLast(added);
        return Optional.of(added);
    }

    /** Completes the message: it may be acknowledged once those before it are. */
    void complete(Pending message) {
        message.completed = true;
    }

    /** Takes the next message that may be acknowledged now. */
    Optional<Pending> takeNext() {
        Pending oldest = pending.peekFirst();
        return oldest != null && oldest.completed ? Optional.of(pending.removeFirst()) : Optional.empty();
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Returns the log of the oldest message if it has waited for longer than that; empty if none has. */
    Optional<TransactionLog> overdue(long nowNanos, long limitNanos) {
        Pending oldest = pending.peekFirst();
        return oldest != null && nowNanos - oldest.receivedNanos > limitNanos
                ? Optional.of(oldest.log)
                : Optional.empty();
    }
}
