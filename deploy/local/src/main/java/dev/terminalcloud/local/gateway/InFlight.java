package dev.terminalcloud.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** The counter of requests that are being answered, so that a shutdown can let them finish. Thread-safe. */
final class InFlight {
    private final Promise<Void> finished = Promise.promise();
    private int count;
    private boolean ending;

    /** Returns true and counts the request if it may be answered; false if the shutdown has begun. */
    synchronized boolean begin() {
        if (!ending) {
            count++;
        }
        return !ending;
    }

    synchronized void end() {
        count--;
        completeIfFinished();
    }

    /** Accepts no further requests; succeeds when the last one has ended. */
    synchronized Future<Void> finish() {
        ending = true;
        completeIfFinished();
        return finished.future();
    }

    synchronized int count() {
        return count;
    }

    private void completeIfFinished() {
        if (ending && count == 0) {
            finished.tryComplete();
        }
    }
}
