package dev.terminalcloud.network;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Token bucket that gains one token in each refill interval. The whole state of a bucket is the time when it is full again (generic cell rate
 * algorithm), in nanoseconds on any scale, which the caller keeps. Pure.
 *
 * @param size the tokens of a full bucket, at least 1
 */
public record TokenBucket(long size, Duration refillInterval) {

    /** Returns a bucket for {@code perSecond} requests a second in the long run, and {@code size} at once. */
    public static TokenBucket perSecond(long perSecond, long size) {
        return new TokenBucket(size, Duration.ofSeconds(1).dividedBy(perSecond));
    }

    /** Returns the longest time before it is full at which the bucket still has a token. */
    public Duration burstTolerance() {
        return refillInterval.multipliedBy(size - 1);
    }

    /** Returns the time until an empty bucket is full. */
    public Duration timeToFill() {
        return refillInterval.multipliedBy(size);
    }

    /** Returns whether the bucket has no token. */
    public boolean isEmpty(long fullAt, long now) {
        return tryTake(1, fullAt, now).isEmpty();
    }

    /**
     * Takes so many tokens.
     *
     * @param fullAt the time when the bucket would be full
     * @return the time when it will be full after that; empty if it has fewer tokens
     */
    public OptionalLong tryTake(long tokens, long fullAt, long now) {
        long missing = missing(tokens, fullAt, now);
        return missing > nanosToFill() ? OptionalLong.empty() : OptionalLong.of(now + missing);
    }

    /** Takes a token, and returns the time when the bucket is full again; an empty bucket stays empty for no more than an interval. */
    public long take(long fullAt, long now) {
        return now + Math.min(missing(1, fullAt, now), nanosToFill());
    }

    private long missing(long tokens, long fullAt, long now) {
        return Math.max(fullAt - now, 0) + tokens * refillInterval.toNanos();
    }

    private long nanosToFill() {
        return size * refillInterval.toNanos();
    }
}
