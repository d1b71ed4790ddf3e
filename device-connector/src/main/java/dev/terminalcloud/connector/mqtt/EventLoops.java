package dev.terminalcloud.connector.mqtt;

import io.vertx.core.Handler;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The event loops that devices are served on, and whether they still run what they are given. It needs no timer: each question
 * gives every loop one task, unless an earlier one waits there. Thread-safe.
 */
@Singleton
public class EventLoops {
    private final List<Probe> probes = new CopyOnWriteArrayList<>();

    /** An event loop, as far as it is needed here. */
    @FunctionalInterface
    interface Loop {
        /** Runs the task on the loop, after those before it. */
        void run(Handler<Void> task);
    }

    /** Adds a loop. */
    void add(Loop loop) {
        probes.add(new Probe(loop));
    }

    /** Returns the number of loops on which a task of an earlier question has waited for longer than that. */
    public long countBlocked(Duration timeout, long nowNanos) {
        return probes.stream().filter(probe -> probe.waits(timeout, nowNanos)).count();
    }

    private static final class Probe {
        private final Loop loop;

        /** The time when the task was given to the loop; null while none waits there. */
        private final AtomicReference<Long> waitingSince = new AtomicReference<>();

        Probe(Loop loop) {
            this.loop = loop;
        }

        boolean waits(Duration timeout, long nowNanos) {
            Long since = waitingSince.get();
            if (since == null && waitingSince.compareAndSet(null, nowNanos)) {
                loop.run(unused -> waitingSince.set(null));
            }
            return since != null && nowNanos - since > timeout.toNanos();
        }
    }
}
