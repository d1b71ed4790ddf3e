package dev.terminalcloud.database;

import java.time.Duration;
import java.time.Instant;

/**
 * What another clock showed at a moment of this process's monotonic clock, and by how much that may be wrong.
 *
 * @param sampledNanos the moment
 */
record ClockSample(long sampledNanos, Instant time, Duration uncertainty) {
    /** More than any clock that ticks runs away from another: a millisecond a second. */
    private static final int DRIFT = 1_000;

    /** The answer was given at some moment between the question and its arrival: taken as the middle, it is wrong by half of that at most. */
    static ClockSample of(Instant answer, long askedNanos, long answeredNanos) {
        long half = (answeredNanos - askedNanos) / 2;
        return new ClockSample(askedNanos + half, answer, Duration.ofNanos(half));
    }

    Instant at(long nanos) {
        return time.plusNanos(nanos - sampledNanos);
    }

    /** The more certain of the two, unless they contradict each other: then the other clock has been set, and the newer one counts. */
    static ClockSample moreCertain(ClockSample known, ClockSample newer) {
        Duration uncertaintyOfKnown = known.uncertaintyAt(newer.sampledNanos());
        Duration difference =
                Duration.between(known.at(newer.sampledNanos()), newer.time()).abs();
        boolean agree = difference.compareTo(uncertaintyOfKnown.plus(newer.uncertainty())) <= 0;
        return agree && uncertaintyOfKnown.compareTo(newer.uncertainty()) <= 0 ? known : newer;
    }

    private Duration uncertaintyAt(long nanos) {
        return uncertainty.plusNanos((nanos - sampledNanos) / DRIFT);
    }
}
