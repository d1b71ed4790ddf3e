package dev.terminalcloud.connector.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Limit of how often something may happen within any minute. Not for more than one thread. */
final class MinuteLimit {
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final int max;
    private final Deque<Long> times = new ArrayDeque<>(1);

    MinuteLimit(int max) {
        this.max = max;
    }

    /** Counts one more, or returns false if there were as many as there may be in the minute before. */
    boolean tryAcquire(long nowNanos) {
        if (times.size() == max) {
            if (nowNanos - times.getFirst() < MINUTE_NANOS) {
                return false;
            }
            times.removeFirst();
        }
        times.addLast(nowNanos);
        return true;
    }
}
