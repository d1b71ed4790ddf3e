package dev.terminalcloud.connector.budget;

import dev.terminalcloud.network.TokenBucket;
import java.time.Duration;
import java.util.OptionalLong;

/** Token bucket that starts full, with its state. Times are those of {@link System#nanoTime()}. Not thread-safe. */
public final class Allowance {
    private final TokenBucket bucket;
    private long fullAgainNanos;

    /**
     * Creates a full bucket.
     *
     * @param perSecond tokens that are added each second, 1 to 1,000,000,000
     * @param burst tokens of the full bucket, at least 1
     */
    public Allowance(long perSecond, long burst, long nowNanos) {
        this(TokenBucket.perSecond(perSecond, burst), nowNanos);
    }

    private Allowance(TokenBucket bucket, long nowNanos) {
        this.bucket = bucket;
        this.fullAgainNanos = nowNanos;
    }

    /**
     * Creates a full bucket.
     *
     * @param perPeriod tokens that are added in each period, at least 1
     * @param burst tokens of the full bucket, at least 1
     */
    static Allowance per(Duration period, long perPeriod, long burst, long nowNanos) {
        return new Allowance(new TokenBucket(burst, period.dividedBy(perPeriod)), nowNanos);
    }

    /** Takes so many tokens, or returns false and takes none if there are fewer. */
    public boolean tryTake(long tokens, long nowNanos) {
        OptionalLong fullAfter = bucket.tryTake(tokens, fullAgainNanos, nowNanos);
        fullAfter.ifPresent(nanos -> fullAgainNanos = nanos);
        return fullAfter.isPresent();
    }
}
