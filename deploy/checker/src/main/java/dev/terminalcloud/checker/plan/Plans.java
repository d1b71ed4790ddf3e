package dev.terminalcloud.checker.plan;

import java.util.concurrent.atomic.AtomicInteger;

/** The plans of a run, by the number of their request. Thread-safe. */
public final class Plans {
    private final long seed;
    private final AtomicInteger last = new AtomicInteger();

    public Plans(long seed) {
        this.seed = seed;
    }

    /** The next of the run. */
    public Plan next() {
        return Plan.of(seed, last.incrementAndGet());
    }

    /** The next of the run, without anything going wrong. */
    public Plan nextWithoutIncident() {
        return Plan.withoutIncident(last.incrementAndGet());
    }
}
