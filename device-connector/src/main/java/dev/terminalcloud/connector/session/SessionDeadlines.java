package dev.terminalcloud.connector.session;

import dev.terminalcloud.connector.config.Limits;
import java.util.Optional;

/**
 * The deadlines of one session: for {@code hello}, for Kafka to store an event, for the device to acknowledge a command, for the end of a
 * drain, and for the next packet; and the number of packets between two checks of them. On the session's event loop.
 */
final class SessionDeadlines {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Uplink uplink;
    private final Downlink downlink;
    private final long openedNanos;
    private final long helloTimeoutNanos;
    private final long drainTimeoutNanos;
    private final int maxPacketsPerCheck;
    private long lastPacketNanos;
    private int packetsSinceCheck;
    private CloseReason drainReason;
    private long drainStartNanos;

    /** @param openedNanos the time of CONNECT */
    SessionDeadlines(Uplink uplink, Downlink downlink, Limits limits, long openedNanos) {
        this.uplink = uplink;
        this.downlink = downlink;
        this.openedNanos = openedNanos;
        this.helloTimeoutNanos = limits.helloTimeout().toNanos();
        this.drainTimeoutNanos = limits.commandAckTimeout().toNanos();
        this.maxPacketsPerCheck = limits.maxPacketsPerSecond();
        this.lastPacketNanos = openedNanos;
    }

    /**
     * A deadline that has passed.
     *
     * @param reason why the session has to end
     * @param log names the transaction of the overdue event or command
     */
    record Missed(CloseReason reason, TransactionLog log) {}

    /** Records a packet of the device; returns false if it is one too many since the last check. */
    boolean acceptPacket(long nowNanos) {
        lastPacketNanos = nowNanos;
        packetsSinceCheck++;
        return packetsSinceCheck <= maxPacketsPerCheck;
    }

    /** Returns whether no packet came for one and a half times the keep-alive. */
    boolean isKeepAliveMissed(int keepAliveSeconds, long nowNanos) {
        return nowNanos - lastPacketNanos >= keepAliveSeconds * NANOS_PER_SECOND * 3 / 2;
    }

    /** Begins the drain of the session: it has as long as for the acknowledgement of a command. */
    void beginDrain(CloseReason reason, long nowNanos) {
        drainReason = reason;
        drainStartNanos = nowNanos;
    }

    /** Returns the reason of the drain that has begun; empty if none has. */
    Optional<CloseReason> drainReason() {
        return Optional.ofNullable(drainReason);
    }

    /**
     * Checks the deadlines of hello, the event, the command and the drain; returns the first in this order that has passed, whenever that
     * was; empty if nothing is overdue.
     */
    Optional<Missed> check(long nowNanos) {
        packetsSinceCheck = 0;
        if (!uplink.hasReceivedHello() && nowNanos - openedNanos > helloTimeoutNanos) {
            return Optional.of(new Missed(CloseReason.HELLO_TIMEOUT, TransactionLog.NONE));
        }
        Optional<TransactionLog> event = uplink.overdue(nowNanos);
        if (event.isPresent()) {
            return Optional.of(new Missed(CloseReason.EVENT_PUBLISH_TIMEOUT, event.get()));
        }
        Optional<TransactionLog> command = downlink.overdue(nowNanos);
        if (command.isPresent()) {
            return Optional.of(new Missed(CloseReason.COMMAND_ACK_TIMEOUT, command.get()));
        }
        return drainReason != null && nowNanos - drainStartNanos > drainTimeoutNanos
                ? Optional.of(new Missed(drainReason, TransactionLog.NONE))
                : Optional.empty();
    }
}
