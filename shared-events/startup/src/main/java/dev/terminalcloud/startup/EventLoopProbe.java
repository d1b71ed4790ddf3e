package dev.terminalcloud.startup;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A check of whether an event loop still runs what it is given. It needs no timer: each question gives the loop one task, unless an
 * earlier one waits there. Thread-safe.
 */
public final class EventLoopProbe {
    private final Executor loop;

    /** The time when the task was given to the loop; null while none waits there. */
    private final AtomicReference<Long> waitingSince = new AtomicReference<>();

    /** @param loop runs a task on the event loop, after those before it */
    public EventLoopProbe(Executor loop) {
        this.loop = loop;
    }

    /** Returns whether the task of an earlier question has waited for longer than the timeout; never for the first question. */
    public boolean isBlocked(Duration timeout, long nowNanos) {
        Long since = waitingSince.get();
        if (since == null && waitingSince.compareAndSet(null, nowNanos)) {
            loop.execute(() -> waitingSince.set(null));
        }
        return since != null && nowNanos - since > timeout.toNanos();
    }
}
