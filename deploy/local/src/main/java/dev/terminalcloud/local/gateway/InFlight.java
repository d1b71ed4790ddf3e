package dev.terminalcloud.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Counts the requests that are being answered, so that an end can let them finish. For any thread. */
final class InFlight {
    private final Promise<Void> finished = Promise.promise();
    private int count;
    private boolean ending;

    /** Whether a request may be answered, and then it counts; false when the end has begun. */
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

    /** Lets none begin any more; succeeds when the last has ended. */
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
