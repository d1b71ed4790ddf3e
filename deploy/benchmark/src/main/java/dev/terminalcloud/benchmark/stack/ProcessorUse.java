package dev.terminalcloud.benchmark.stack;

import java.util.Map;

/**
 * The processor time of the measured processes: since their start, or as a difference between two times.
 *
 * @param nanos the time, or the time between
 * @param millis processor time by part of the system
 */
public record ProcessorUse(long nanos, Map<String, Long> millis) {
    /** Returns the difference from an earlier time. */
    public ProcessorUse since(ProcessorUse earlier) {
        return new ProcessorUse(nanos - earlier.nanos, Differences.of(millis, earlier.millis));
    }

    /** Returns this use without what the parts use in the same time at rest. */
    public ProcessorUse without(ProcessorUse rest) {
        return new ProcessorUse(nanos, Differences.withoutRest(millis, nanos, rest.millis, rest.nanos));
    }

    /** Returns the sum over all parts. */
    public long totalMillis() {
        return Differences.sum(millis);
    }
}
