package dev.terminalcloud.benchmark.load;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The result of one rate.
 *
 * @param schedule the load
 * @param toDevice nanoseconds from the scheduled arrival of each transaction until its device received it
 * @param toEnd nanoseconds from the scheduled arrival of each transaction until its register knew the result. A transaction without a
 *     result counts with its age at the end of the trial, which is less than it will take
 * @param ended number of transactions with a result
 * @param failed number of transactions that were rejected or ended otherwise
 * @param unfinished number of transactions that did not end in time, those included that had to wait for a free device until then
 * @param nanos time from the first arrival to the last result, or to the end of the trial
 * @param firstFailure a reason, if there was a failure
 */
public record Trial(
        ArrivalSchedule schedule,
        Histogram toDevice,
        Histogram toEnd,
        long ended,
        long failed,
        long unfinished,
        long nanos,
        Optional<String> firstFailure) {

    /** Returns whether the chain sustains the rate: nothing is lost, and 99 % of the results arrive within the limit. */
    public boolean isSustained(Duration p99Limit) {
        return failed == 0 && unfinished == 0 && toEnd.getValueAtPercentile(99) <= p99Limit.toNanos();
    }

    /** Returns the number of results per thousand seconds. */
    public long endedPerThousandSeconds() {
        return ended * 1000 * TimeUnit.SECONDS.toNanos(1) / Math.max(1, nanos);
    }
}
