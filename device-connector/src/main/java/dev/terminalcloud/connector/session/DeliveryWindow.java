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
    private final Deque<Buffer> waiting = new ArrayDeque<>(4);
    private final Map<Integer, Long> sentNanos = new LinkedHashMap<>(4);
    private int lastPacketId;

    DeliveryWindow(int unacknowledgedLimit, int waitingLimit) {
        this.unacknowledgedLimit = unacknowledgedLimit;
        this.waitingLimit = waitingLimit;
    }

    /** A command to send now. */
    record Delivery(int packetId, Buffer payload) {}

    /** Adds a command to the queue; returns false if the queue is full. */
    boolean add(Buffer payload) {
        if (waiting.size() == waitingLimit) {
            return false;
        }
        waiting.addLast(payload);
        return true;
    }

    /** Takes the next command that may be sent, with a packet id that no unacknowledged command has. */
    Optional<Delivery> takeNext(long nowNanos) {
        if (waiting.isEmpty() || sentNanos.size() >= unacknowledgedLimit) {
            return Optional.empty();
        }
        int packetId = freePacketId();
        sentNanos.put(packetId, nowNanos);
        return Optional.of(new Delivery(packetId, waiting.removeFirst()));
    }

    /** Returns the time when the acknowledged command was sent; empty if none has that packet id. */
    OptionalLong acknowledge(int packetId) {
        Long sent = sentNanos.remove(packetId);
        return sent == null ? OptionalLong.empty() : OptionalLong.of(sent);
    }

    boolean isEmpty() {
        return waiting.isEmpty() && sentNanos.isEmpty();
    }

    boolean isOverdue(long nowNanos, long limitNanos) {
        return !sentNanos.isEmpty() && nowNanos - sentNanos.values().iterator().next() > limitNanos;
    }

    private int freePacketId() {
        do {
            lastPacketId = lastPacketId % MAX_PACKET_ID + 1;
        } while (sentNanos.containsKey(lastPacketId));
        return lastPacketId;
    }
}
