package dev.terminalcloud.virtualdevice;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs tasks later, in the device's sequence, for as long as the device has power. */
final class Timers {
    private final ScheduledExecutorService scheduler;
    private final Executor sequence;
    private boolean stopped;

    Timers(ScheduledExecutorService scheduler, Executor sequence) {
        this.scheduler = scheduler;
        this.sequence = sequence;
    }

    // The future tells nothing: the task only goes on to the sequence, which reports what fails in it.
    @SuppressWarnings("FutureReturnValueIgnored")
    void after(Duration delay, Runnable task) {
        scheduler.schedule(() -> sequence.execute(() -> runPowered(task)), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** In the sequence: nothing runs after this. */
    void stop() {
        stopped = true;
    }

    private void runPowered(Runnable task) {
        if (!stopped) {
            task.run();
        }
    }
}
