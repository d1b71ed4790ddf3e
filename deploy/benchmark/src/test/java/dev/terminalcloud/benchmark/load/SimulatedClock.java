package dev.terminalcloud.benchmark.load;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A time that passes only during a wait, and in which the planned actions are carried out. Not thread-safe. */
final class SimulatedClock implements TrialClock {
    private final PriorityQueue<Planned> actions = new PriorityQueue<>(Comparator.comparingLong(Planned::nanos));
    private long nanos;

    private record Planned(long nanos, Runnable action) {}

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void awaitUntil(long limit) {
        while (!actions.isEmpty() && actions.element().nanos() <= limit) {
            Planned next = actions.remove();
            nanos = Math.max(nanos, next.nanos());
            next.action().run();
        }
        nanos = Math.max(nanos, limit);
    }

    void planAt(long when, Runnable action) {
        actions.add(new Planned(when, action));
    }

    static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
