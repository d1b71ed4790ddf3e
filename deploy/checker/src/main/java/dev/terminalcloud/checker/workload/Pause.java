package dev.terminalcloud.checker.workload;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A person or a machine that does nothing for a while. */
public final class Pause {
    private Pause() {}

    /** Ends early if the thread is interrupted. */
    public static void sleep(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
