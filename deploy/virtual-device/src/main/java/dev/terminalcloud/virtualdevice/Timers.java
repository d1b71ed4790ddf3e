package dev.terminalcloud.virtualdevice;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Timers of the device: run tasks later, in the device's sequence, while the device has power. */
final class Timers {
    private final ScheduledExecutorService scheduler;
    private final Executor sequence;
    private boolean stopped;

    Timers(ScheduledExecutorService scheduler, Executor sequence) {
        this.scheduler = scheduler;
        this.sequence = sequence;
    }

    // The future carries no result: the task is only passed to the sequence, which reports failures.
    @SuppressWarnings("FutureReturnValueIgnored")
    void after(Duration delay, Runnable task) {
        scheduler.schedule(() -> sequence.execute(() -> runPowered(task)), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Cancels all timers. Called in the sequence: no task runs after this. */
    void stop() {
        stopped = true;
    }

    private void runPowered(Runnable task) {
        if (!stopped) {
            task.run();
        }
    }
}
