package dev.terminalcloud.checker.plan;

import java.util.concurrent.atomic.AtomicInteger;

/** The plans of a run, numbered by request. Thread-safe. */
public final class Plans {
    private final long seed;
    private final AtomicInteger last = new AtomicInteger();

    public Plans(long seed) {
        this.seed = seed;
    }

    /** Returns the next plan of the run. */
    public Plan next() {
        return Plan.of(seed, last.incrementAndGet());
    }

    /** Returns the next plan of the run, without any incident. */
    public Plan nextWithoutIncident() {
        return Plan.withoutIncident(last.incrementAndGet());
    }
}
