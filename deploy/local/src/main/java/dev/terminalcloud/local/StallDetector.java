package dev.terminalcloud.local;

import java.time.Duration;

/**
 * A detector of a process that no longer moves, however slow the machine is. It moves when its state or its progress differs from before,
 * or when it has used more processor time than one that only waits. Not thread-safe.
 */
final class StallDetector {
    /** A process that waits and answers probes uses less than this; one that works gets more, even beside many others. */
    private static final int MIN_PROCESSOR_PERCENT = 2;

    private final Duration limit;
    private ProgressSample last;
    private long lastMoveNanos;

    /** @param limit the time without any movement after which it is stalled */
    StallDetector(Duration limit, ProgressSample first, long nanoTime) {
        this.limit = limit;
        this.last = first;
        this.lastMoveNanos = nanoTime;
    }

    Duration limit() {
        return limit;
    }

    /** Returns whether nothing has moved for the limit. */
    boolean isStalled(ProgressSample next, long nanoTime) {
        if (moves(next)) {
            last = next;
            lastMoveNanos = nanoTime;
        }
        return nanoTime - lastMoveNanos >= limit.toNanos();
    }

    private boolean moves(ProgressSample next) {
        Duration used = next.processorTime().minus(last.processorTime());
        boolean works = used.compareTo(limit.multipliedBy(MIN_PROCESSOR_PERCENT).dividedBy(100)) >= 0
                && used.compareTo(Duration.ZERO) > 0;
        return works || next.progress() != last.progress() || !next.state().equals(last.state());
    }
}
