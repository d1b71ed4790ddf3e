package dev.terminalcloud.transaction.intake;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Token bucket that holds {@code size} tokens and gains one in each refill interval. Its whole state is the time when
 * it is full again (generic cell rate algorithm), in nanoseconds on any scale.
 */
record TokenBucket(Duration refillInterval, int size) {

    /** Returns a bucket for {@code perSecond} requests a second in the long run, and {@code size} at once. */
    static TokenBucket of(int perSecond, int size) {
        return new TokenBucket(Duration.ofSeconds(1).dividedBy(perSecond), size);
    }

    /** Returns the longest time before it is full at which the bucket still has a token. */
    Duration burstTolerance() {
        return refillInterval.multipliedBy(size - 1L);
    }

    /**
     * Takes a token.
     *
     * @param fullAt the time when the bucket would be full
     * @return the time when it will be full after that; empty if it has no token
     */
    OptionalLong tryAcquire(long fullAt, long now) {
        return fullAt - now > burstTolerance().toNanos()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(fullAt, now) + refillInterval.toNanos());
    }
}
