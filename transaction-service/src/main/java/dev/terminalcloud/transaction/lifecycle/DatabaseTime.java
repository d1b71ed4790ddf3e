package dev.terminalcloud.transaction.lifecycle;

import java.time.Duration;
import java.time.Instant;

/**
 * A time of the database that this process has learned. Facts are dated with it, and what is measured goes on from there by this process's
 * monotonic clock: its time of day may be wrong.
 *
 * @param learnedNanos the monotonic clock when this process has learned it
 */
public record DatabaseTime(Instant time, long learnedNanos) {

    /** Returns a time that the database has just told. */
    public static DatabaseTime learned(Instant time) {
        return new DatabaseTime(time, System.nanoTime());
    }

    /** Returns another time of the database: what is measured from it counts what has passed between the two. */
    public DatabaseTime at(Instant other) {
        return new DatabaseTime(
                other, learnedNanos - Duration.between(other, time).toNanos());
    }

    /** Returns how long ago the begin is, at that moment of the monotonic clock; never negative, though another clock may have dated it. */
    Duration since(Instant begin, long nanos) {
        Duration elapsed = Duration.between(begin, time).plusNanos(nanos - learnedNanos);
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }
}
