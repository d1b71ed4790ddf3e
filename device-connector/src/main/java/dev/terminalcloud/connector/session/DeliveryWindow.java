package dev.terminalcloud.connector.session;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The commands on their way to one device: some sent and not acknowledged, the rest waiting in order.
 *
 * <p>Not thread-safe.
 */
final class DeliveryWindow {
    private static final int MAX_PACKET_ID = 65_535;

    private final int unacknowledgedLimit;
    private final int waitingLimit;
    private final Deque<Waiting> waiting = new ArrayDeque<>(4);
    private final Map<Integer, Sent> sent = new LinkedHashMap<>(4);
    private int lastPacketId;

    DeliveryWindow(int unacknowledgedLimit, int waitingLimit) {
        this.unacknowledgedLimit = unacknowledgedLimit;
        this.waitingLimit = waitingLimit;
    }

    private record Waiting(Buffer payload, TransactionLog log) {}

    private record Sent(long nanos, TransactionLog log) {}

    /** A command to send now. */
    record Delivery(int packetId, Buffer payload, TransactionLog log) {}

    /**
     * Adds a command to the queue; returns false if the queue is full.
     *
     * @param openStep the log of the command, whose step this ends: with the acknowledgement, or as failed if the queue is full or with {@link
     *     #failAll}
     */
    boolean add(Buffer payload, TransactionLog openStep) {
        if (waiting.size() == waitingLimit) {
            openStep.step().fail(CloseReason.COMMAND_QUEUE_FULL.name());
            return false;
        }
        waiting.addLast(new Waiting(payload, openStep));
        return true;
    }

    /** Takes the next command that may be sent, with a packet id that no unacknowledged command has. */
    Optional<Delivery> takeNext(long nowNanos) {
        if (waiting.isEmpty() || sent.size() >= unacknowledgedLimit) {
            return Optional.empty();
        }
        int packetId = freePacketId();
        Waiting next = waiting.removeFirst();
        sent.put(packetId, new Sent(nowNanos, next.log()));
        return Optional.of(new Delivery(packetId, next.payload(), next.log()));
    }

    /** Returns the time when the acknowledged command was sent; empty if none has that packet id. */
    OptionalLong acknowledge(int packetId) {
        Sent acknowledged = sent.remove(packetId);
        if (acknowledged == null) {
            return OptionalLong.empty();
        }
        acknowledged.log().step().end();
        return OptionalLong.of(acknowledged.nanos());
    }

    /** Ends the steps of all commands as failed. */
    void failAll(String reason) {
        waiting.forEach(command -> command.log().step().fail(reason));
        sent.values().forEach(command -> command.log().step().fail(reason));
    }

    boolean isEmpty() {
        return waiting.isEmpty() && sent.isEmpty();
    }

    /** Returns the log of the command that was sent first if it is unacknowledged for longer than that; empty if none is. */
    Optional<TransactionLog> overdue(long nowNanos, long limitNanos) {
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        Sent oldest = sent.values().iterator().next();
        return nowNanos - oldest.nanos() > limitNanos ? Optional.of(oldest.log()) : Optional.empty();
    }

    private int freePacketId() {
        do {
            lastPacketId = lastPacketId % MAX_PACKET_ID + 1;
        } while (sent.containsKey(lastPacketId));
        return lastPacketId;
    }
}
