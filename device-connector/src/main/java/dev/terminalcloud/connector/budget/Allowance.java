package dev.terminalcloud.connector.budget;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Token bucket (GCRA) that starts full: its state is the time when it is full again. Pure but for that; times are those of
 * {@link System#nanoTime()}. Not thread-safe.
 */
public final class Allowance {
    private final long nanosPerToken;
    private final long burstNanos;
    private long fullAgainNanos;

    /**
     * Creates a full bucket.
     *
     * @param perSecond tokens that are added each second, 1 to 1,000,000,000
     * @param burst tokens of the full bucket, at least 1
     */
    public Allowance(long perSecond, long burst, long nowNanos) {
        this(TimeUnit.SECONDS.toNanos(1), perSecond, burst, nowNanos);
    }

    private Allowance(long periodNanos, long perPeriod, long burst, long nowNanos) {
        this.nanosPerToken = periodNanos / perPeriod;
        this.burstNanos = burst * nanosPerToken;
        this.fullAgainNanos = nowNanos;
    }

    /**
     * Creates a full bucket.
     *
     * @param perPeriod tokens that are added in each period, at least 1
     * @param burst tokens of the full bucket, at least 1
     */
    static Allowance per(Duration period, long perPeriod, long burst, long nowNanos) {
        return new Allowance(period.toNanos(), perPeriod, burst, nowNanos);
    }

    /** Takes so many tokens, or returns false and takes none if there are fewer. */
    public boolean tryTake(long tokens, long nowNanos) {
        long missing = Math.max(fullAgainNanos - nowNanos, 0) + tokens * nanosPerToken;
        if (missing > burstNanos) {
            return false;
        }
        fullAgainNanos = nowNanos + missing;
        return true;
    }
}
