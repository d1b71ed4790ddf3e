package dev.terminalcloud.connector.mqtt;

import dev.terminalcloud.startup.EventLoopProbe;
import io.vertx.core.Handler;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The event loops that devices are served on, and whether they still run what they are given. Thread-safe.
 */
@Singleton
public class EventLoops {
    private final List<EventLoopProbe> probes = new CopyOnWriteArrayList<>();

    /** An event loop, as far as it is needed here. */
    @FunctionalInterface
    interface Loop {
        /** Runs the task on the loop, after those before it. */
        void run(Handler<Void> task);
    }

    /** Adds a loop. */
    void add(Loop loop) {
        probes.add(new EventLoopProbe(task -> loop.run(unused -> task.run())));
    }

    /** Returns the number of loops on which a task of an earlier question has waited for longer than that. */
    public long countBlocked(Duration timeout, long nowNanos) {
        return probes.stream()
                .filter(probe -> probe.isBlocked(timeout, nowNanos))
                .count();
    }
}
