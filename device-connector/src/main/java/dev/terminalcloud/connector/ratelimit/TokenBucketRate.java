package dev.terminalcloud.connector.ratelimit;

import java.time.Duration;

/**
 * Size and refill interval of a token bucket (GCRA): the state of a bucket is the time when it is full again. Pure; times are
 * those of {@link System#nanoTime()}.
 *
 * @param burst tokens of a full bucket
 * @param refillInterval time after which one more token is in the bucket
 */
record TokenBucketRate(int burst, Duration refillInterval) {

    /** Returns whether the bucket is empty. */
    boolean isExhausted(long fullAgainNanos, long nowNanos) {
        return fullAgainNanos - nowNanos > (burst - 1) * refillInterval.toNanos();
    }

    /** Takes a token, and returns when the bucket is full again; an empty bucket stays empty for no more than an interval. */
    long take(long fullAgainNanos, long nowNanos) {
        long missing = Math.max(fullAgainNanos - nowNanos, 0) + refillInterval.toNanos();
        return nowNanos + Math.min(missing, timeToFill().toNanos());
    }

    /** Returns the time until an empty bucket is full. */
    Duration timeToFill() {
        return refillInterval.multipliedBy(burst);
    }
}
