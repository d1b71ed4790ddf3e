package dev.terminalcloud.benchmark.report;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Two percentiles of a latency, in microseconds. */
public record Percentiles(long p50Micros, long p99Micros) {
    static Percentiles of(Histogram nanos) {
        return new Percentiles(micros(nanos, 50), micros(nanos, 99));
    }

    private static long micros(Histogram nanos, int percentile) {
        return TimeUnit.NANOSECONDS.toMicros(nanos.getValueAtPercentile(percentile));
    }
}
