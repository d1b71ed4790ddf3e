package dev.terminalcloud.local.rollout;

import java.time.Duration;

/** The results of a probe of one process so far. For one thread. */
final class ProbeState {
    private final Probe probe;
    private long dueNanos;
    private int failures;
    private int successes;

    /** @param nowNanos the start of the process, or the time from which on the probe counts */
    ProbeState(Probe probe, long nowNanos) {
        this.probe = probe;
        this.dueNanos = nowNanos + probe.delay().toNanos();
    }

    Probe probe() {
        return probe;
    }

    /** Returns the time until the next request; zero or less if it is due. */
    Duration untilDue(long nowNanos) {
        return Duration.ofNanos(dueNanos - nowNanos);
    }

    /** @param nowNanos the time at which the request was sent */
    void record(boolean succeeded, long nowNanos) {
        dueNanos = nowNanos + probe.period().toNanos();
        failures = succeeded ? 0 : failures + 1;
        successes = succeeded ? successes + 1 : 0;
    }

    boolean hasFailed() {
        return failures >= probe.failureThreshold();
    }

    boolean hasSucceeded() {
        return successes >= probe.successThreshold();
    }
}
