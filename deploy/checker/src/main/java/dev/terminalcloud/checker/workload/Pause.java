package dev.terminalcloud.checker.workload;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits without polling a condition. */
public final class Pause {
    private Pause() {}

    /** Waits for this time; returns early if the thread is interrupted. */
    public static void sleep(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
