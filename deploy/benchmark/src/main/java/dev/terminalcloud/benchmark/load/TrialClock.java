package dev.terminalcloud.benchmark.load;

import java.util.concurrent.locks.LockSupport;

/** The time of a trial, which a test replaces by a simulated one. */
interface TrialClock {
    /** The clock of this machine. */
    TrialClock SYSTEM = new TrialClock() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void awaitUntil(long nanos) throws InterruptedException {
            for (long left = nanos - nanos(); left > 0; left = nanos - nanos()) {
                LockSupport.parkNanos(left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
    };

    /** Returns the current time, as {@link System#nanoTime()}. */
    long nanos();

    /** Returns at this time, or at once if it is in the past. */
    void awaitUntil(long nanos) throws InterruptedException;
}
