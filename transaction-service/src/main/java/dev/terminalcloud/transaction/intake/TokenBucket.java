package dev.terminalcloud.transaction.intake;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * A bucket that holds so many requests and is filled with one after each pause. Its whole state is the time when it is full
 * again (generic cell rate algorithm), in nanoseconds on any scale.
 */
record TokenBucket(Duration refillInterval, int size) {

    /** Lets so many a second through in the long run, and that size at once. */
    static TokenBucket of(int perSecond, int size) {
        return new TokenBucket(Duration.ofSeconds(1).dividedBy(perSecond), size);
    }

    /** How much earlier than full the bucket still has one to give. */
    Duration burstTolerance() {
        return refillInterval.multipliedBy(size - 1L);
    }

    /**
     * Takes one.
     *
     * @param fullAt when the bucket would be full
     * @return when it will be full then; empty if it has none to give
     */
    OptionalLong tryAcquire(long fullAt, long now) {
        return fullAt - now > burstTolerance().toNanos()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(fullAt, now) + refillInterval.toNanos());
    }
}
