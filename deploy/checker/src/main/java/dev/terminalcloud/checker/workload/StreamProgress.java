package dev.terminalcloud.checker.workload;

import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The progress of an event stream over all its connections. Thread-safe. */
final class StreamProgress {
    private final Semaphore news = new Semaphore(0);
    private OptionalLong lastEventId = OptionalLong.empty();
    private boolean ended;

    synchronized void shown(long eventId, boolean isFinal) {
        lastEventId = OptionalLong.of(eventId);
        ended = ended || isFinal;
        news.release();
    }

    /** Wakes the register: a connection has ended. */
    void wake() {
        news.release();
    }

    synchronized OptionalLong lastEventId() {
        return lastEventId;
    }

    /** Returns whether the final version was shown. */
    synchronized boolean hasEnded() {
        return ended;
    }

    /** Waits for the next event or the end of a connection, at most for this time. */
    void awaitNews(long nanos) throws InterruptedException {
        if (news.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
            news.drainPermits();
        }
    }
}
