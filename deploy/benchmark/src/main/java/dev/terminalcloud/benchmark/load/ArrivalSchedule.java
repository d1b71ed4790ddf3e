package dev.terminalcloud.benchmark.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The times at which transactions arrive: evenly distributed, and independent of the answers to earlier ones.
 *
 * @param perSecond the rate, at least 1
 * @param length the time in which they arrive
 */
public record ArrivalSchedule(int perSecond, Duration length) {
    public ArrivalSchedule {
        if (perSecond < 1 || length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException(
                    "perSecond and length must be positive, were %d and %s".formatted(perSecond, length));
        }
    }

    /** Returns the number of transactions. */
    public int count() {
        return (int) (perSecond * length.toMillis() / 1000);
    }

    /**
     * Returns the nanoseconds from the begin to the arrival of a transaction.
     *
     * @param number from 0
     */
    long offsetNanos(int number) {
        return number * TimeUnit.SECONDS.toNanos(1) / perSecond;
    }
}
