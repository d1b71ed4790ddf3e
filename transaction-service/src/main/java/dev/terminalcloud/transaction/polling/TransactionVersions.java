package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.transaction.subscription.ChangeNotifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * The versions of transactions, for clients that wait for the next one, whichever replica makes it. A wait costs a timer and an entry in a
 * map, and no thread and no connection to the database.
 */
@ApplicationScoped
class TransactionVersions {
    private final ChangeNotifier changes;

    TransactionVersions(ChangeNotifier changes) {
        this.changes = changes;
    }

    /**
     * Returns the state of the transaction as soon as its version differs from the one seen, it has ended, or the time is up.
     * Must be called on a Vert.x context, on which it continues. Cancelling it ends the wait.
     *
     * @param poll returns the current state, as for {@link #watch}; a failure of it ends the wait
     */
    Uni<Envelope> await(UUID id, LongFunction<Uni<Envelope>> poll, long seen, Duration time) {
        return Uni.createFrom().emitter(result -> {
            VersionWatch watch = watch(id, poll, result::complete, result::fail);
            result.onTermination(watch::close);
            watch.await(seen, time);
        });
    }

    /**
     * Returns a watch, which must be closed. It misses no change after this call. Must be called on a Vert.x context.
     *
     * @param poll returns the current state; its argument is a version that the transaction has had, or 0
     * @param found gets the state that ends a wait
     * @param failed gets the failure of a poll that ends a wait
     */
    VersionWatch watch(
            UUID id, LongFunction<Uni<Envelope>> poll, Consumer<Envelope> found, Consumer<Throwable> failed) {
        return new VersionWatch(changes.subscribe(id, change -> true), poll, found, failed);
    }
}
