package dev.terminalcloud.transaction.clock;

import java.time.Duration;
import java.time.Instant;

/**
 * A reading of another clock at a moment of this process's monotonic clock, with its uncertainty.
 *
 * @param sampledNanos the moment on the monotonic clock
 */
record ClockSample(long sampledNanos, Instant time, Duration uncertainty) {
    /** An upper bound for the drift between two working clocks: one millisecond per second. */
    private static final int DRIFT = 1_000;

    /** The other clock was read between the request and its answer: assuming the middle, the error is at most half of that interval. */
    static ClockSample of(Instant answer, long askedNanos, long answeredNanos) {
        long half = (answeredNanos - askedNanos) / 2;
        return new ClockSample(askedNanos + half, answer, Duration.ofNanos(half));
    }

    Instant at(long nanos) {
        return time.plusNanos(nanos - sampledNanos);
    }

    /** Returns the more certain sample. If the two contradict each other the other clock has been set: then it returns the newer one. */
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
