package dev.terminalcloud.checker.plan;

import java.util.concurrent.atomic.AtomicInteger;

/** The plans of a run, numbered by request. Thread-safe. */
public final class Plans {
    private final long seed;
    private final boolean calmDevices;
    private final AtomicInteger last = new AtomicInteger();

    /** @param calmDevices true if devices follow the protocol, and have power and network all the time */
    public Plans(long seed, boolean calmDevices) {
        this.seed = seed;
        this.calmDevices = calmDevices;
    }

    /** Returns the plan of the request with this number. */
    public Plan of(int number) {
        Plan plan = Plan.of(seed, number);
        return calmDevices ? plan.withCalmDevice() : plan;
    }

    /** Returns the next plan of the run. */
    public Plan next() {
        return of(last.incrementAndGet());
    }

    /** Returns the next plan of the run, without any incident. */
    public Plan nextWithoutIncident() {
        return Plan.withoutIncident(last.incrementAndGet());
    }
}
