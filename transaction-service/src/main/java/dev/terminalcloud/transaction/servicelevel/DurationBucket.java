package dev.terminalcloud.transaction.servicelevel;

import java.time.Duration;

/**
 * The buckets of the service level. Each is a tenth longer than the one before, so that its middle is within 5 % of the durations
 * in it, from 1 ms to beyond two days.
 */
final class DurationBucket {
    private static final int GROWTH_PERCENT = 110;
    private static final int LAST = 200;

    private DurationBucket() {}

    /** Returns the bucket of a duration. Those below 1 ms, negative ones too, are in the first; very long ones are in the last. */
    static int of(Duration duration) {
        double millis = Math.max(1, duration.toMillis());
        return (int) Math.min(LAST, Math.round(Math.log(millis) / Math.log(growth())));
    }

    /** Returns the middle of a bucket in milliseconds, at least 1. */
    static long middleMillis(int bucket) {
        return Math.round(Math.pow(growth(), bucket));
    }

    private static double growth() {
        return GROWTH_PERCENT / 100.0;
    }
}
