package dev.terminalcloud.benchmark.rate;

import dev.terminalcloud.benchmark.load.ArrivalSchedule;
import dev.terminalcloud.benchmark.report.RateFigures;
import java.time.Duration;
import java.util.List;

/**
 * The trials of one run.
 *
 * @param rates transactions per second, in increasing order
 * @param trial the length of each trial
 * @param warmUp the length of the warm-up of each side
 * @param rest the time without transactions
 * @param p99Limit the latency to the end up to which a rate is sustained
 * @param maxRate the maximum rate to search; 0 for no search
 */
record RatePlan(List<Integer> rates, Duration trial, Duration warmUp, Duration rest, Duration p99Limit, int maxRate) {
    private static final int WARM_UP_RATE = 50;

    RatePlan {
        rates = rates.stream().sorted().distinct().toList();
        if (rates.isEmpty() || rates.get(0) < 1) {
            throw new IllegalArgumentException("--rates must be positive, were " + rates);
        }
    }

    ArrivalSchedule schedule(int rate) {
        return new ArrivalSchedule(rate, trial);
    }

    int warmUpRate() {
        return Math.min(WARM_UP_RATE, rates.get(rates.size() - 1));
    }

    boolean isSearching() {
        return maxRate > 0;
    }

    /** Returns the rate with which the search begins: the last one that was sustained, otherwise the first. */
    int firstSearched(List<RateFigures> measured) {
        return measured.stream()
                .filter(RateFigures::sustained)
                .mapToInt(RateFigures::rate)
                .max()
                .orElse(rates.get(0));
    }
}
