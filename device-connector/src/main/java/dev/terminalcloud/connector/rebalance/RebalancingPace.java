package dev.terminalcloud.connector.rebalance;

import java.time.Duration;

/**
 * The pace at which devices are asked to reconnect. A batch begins with a heartbeat, and only when the last one has ended. It has as many devices
 * as the time since the beginning of the last one allows, so over several heartbeats as many are asked as is configured, and never more; and it
 * takes a little less than the time between two heartbeats, so that it has ended when the next one comes. If it has not, the next batch makes up
 * for that. Not thread-safe.
 */
final class RebalancingPace {
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(5);

    /** The rest is for the last sessions of a batch to end, and for heartbeats that come early. */
    private static final Duration MAX_BATCH_TIME = Duration.ofMillis(4_500);

    /** Two heartbeats, the second of which comes late: of a longer time, nothing is made up for. */
    private static final Duration MAX_TIME_BETWEEN_BATCHES = Duration.ofSeconds(12);

    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final int perSecond;
    private boolean begun;
    private long begunNanos;

    /** @param perSecond devices that are asked in a second, on average over several heartbeats; at least 1 */
    RebalancingPace(int perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * Begins a batch; returns the number of its devices.
     *
     * @param excess devices that may be asked
     */
    int begin(int excess, long nowNanos) {
        long sinceLastNanos = sinceLastNanos(nowNanos);
        long allowed = perSecond * sinceLastNanos / NANOS_PER_SECOND;
        long partOfADevice = sinceLastNanos - allowed * NANOS_PER_SECOND / perSecond;
        begun = true;
        begunNanos = nowNanos - partOfADevice;
        return (int) Math.min(excess, allowed);
    }

    private long sinceLastNanos(long nowNanos) {
        long elapsed = nowNanos - begunNanos;
        return begun && elapsed <= MAX_TIME_BETWEEN_BATCHES.toNanos() ? elapsed : HEARTBEAT_INTERVAL.toNanos();
    }

    /** Returns the time over which the devices of a batch are asked. */
    Duration batchTime(int devices) {
        long atThePace = MAX_BATCH_TIME.toMillis() * devices / (perSecond * HEARTBEAT_INTERVAL.toSeconds());
        return Duration.ofMillis(Math.min(atThePace, MAX_BATCH_TIME.toMillis()));
    }
}
