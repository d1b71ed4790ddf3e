package dev.terminalcloud.benchmark.load;

import java.util.OptionalInt;

/**
 * The state of a search for the maximum rate that is sustained: the rate grows by half until it is not sustained, then the interval is
 * halved until it is smaller than a tenth of the rate. A rate fails when two trials of it fail, since one can fail by other load of the
 * machine.
 *
 * @param sustained the maximum rate that was sustained; 0 before the first
 * @param failed the minimum rate that was not sustained; greater than {@code limit} before the first
 * @param limit the maximum rate to try
 * @param rate the next rate to try
 * @param failures the number of failed trials of {@code rate}
 */
public record SustainSearch(int sustained, int failed, int limit, int rate, int failures) {
    private static final int TRIALS = 2;
    private static final int PRECISION = 10;

    /** Returns a search that begins with a rate. */
    public static SustainSearch from(int rate, int limit) {
        return new SustainSearch(0, limit + 1, limit, Math.min(rate, limit), 0);
    }

    /** Returns the next rate to try; empty when the search is over. */
    public OptionalInt next() {
        return isOver() ? OptionalInt.empty() : OptionalInt.of(rate);
    }

    /** Returns the search after a trial of {@link #next()}. */
    public SustainSearch after(boolean success) {
        if (success) {
            return new SustainSearch(rate, failed, limit, between(rate, failed), 0);
        }
        if (failures + 1 < TRIALS) {
            return new SustainSearch(sustained, failed, limit, rate, failures + 1);
        }
        return new SustainSearch(sustained, rate, limit, between(sustained, rate), 0);
    }

    private boolean isOver() {
        return sustained == limit || failed - sustained <= Math.max(1, sustained / PRECISION);
    }

    private int between(int low, int high) {
        return high > limit ? Math.min(limit, low + Math.max(1, low / 2)) : (low + high) / 2;
    }
}
