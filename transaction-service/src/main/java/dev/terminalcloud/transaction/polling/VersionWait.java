package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.transaction.subscription.ChangeNotifier;
import dev.terminalcloud.transaction.subscription.ChangeSubscription;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Waits for another version of a transaction, whichever replica makes it. A wait costs a timer and an entry in a map, and no
 * thread and no connection to the database; it ends with the subscription of its caller, so a client that leaves costs nothing.
 */
@ApplicationScoped
class VersionWait {
    private final ChangeNotifier changes;

    VersionWait(ChangeNotifier changes) {
        this.changes = changes;
    }

    /**
     * Returns the state of the transaction as soon as its version differs from the one seen, it has ended, or the time is up.
     * Must be called on a Vert.x context, on which it continues.
     *
     * @param poll returns the current state; a failure of it ends the wait
     */
    Uni<Envelope> await(UUID id, Supplier<Uni<Envelope>> poll, long seen, Duration time) {
        long endNanos = System.nanoTime() + time.toNanos();
        return Uni.createFrom().emitter(result -> {
            Wait wait = new Wait(id, poll, seen, endNanos, result);
            result.onTermination(wait::end);
            wait.begin();
        });
    }

    /** It keeps no state of the transaction: the next poll returns a newer one. All on the caller's context. */
    private final class Wait {
        private final UUID id;
        private final Supplier<Uni<Envelope>> poll;
        private final long seen;
        private final long endNanos;
        private final UniEmitter<? super Envelope> result;
        private ChangeSubscription subscription;
        private Cancellable polling;
        private boolean ended;

        Wait(UUID id, Supplier<Uni<Envelope>> poll, long seen, long endNanos, UniEmitter<? super Envelope> result) {
            this.id = id;
            this.poll = poll;
            this.seen = seen;
            this.endNanos = endNanos;
            this.result = result;
        }

        /** Subscribes before it polls, so that it misses no change in between. */
        void begin() {
            if (!ended) {
                subscription = changes.subscribe(id, change -> true);
                polling = Uni.createFrom()
                        .deferred(poll::get)
                        .invoke(this::answerOrWait)
                        .subscribe()
                        .with(polled -> {}, result::fail);
            }
        }

        private void answerOrWait(Envelope current) {
            long leftNanos = endNanos - System.nanoTime();
            if (current.version() != seen || current.isCompleted() || leftNanos <= 0) {
                result.complete(current);
            } else if (!ended) {
                subscription.await(Duration.ofNanos(leftNanos), this::begin);
            }
        }

        /** Ends the wait, whether there is a result or the caller has left. */
        void end() {
            ended = true;
            if (polling != null) {
                polling.cancel();
            }
            if (subscription != null) {
                subscription.close();
            }
        }
    }
}
