package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.transaction.subscription.ChangeNotifier;
import dev.terminalcloud.transaction.subscription.ChangeSubscription;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
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
        return awaitUntil(id, poll, seen, System.nanoTime() + time.toNanos());
    }

    /**
     * Subscribes before it polls, so that it misses no change in between. It keeps neither the state while it waits, which
     * is older than what the next poll returns, nor the steps of the poll, which a deferred one leaves behind.
     */
    private Uni<Envelope> awaitUntil(UUID id, Supplier<Uni<Envelope>> poll, long seen, long endNanos) {
        return Uni.createFrom().deferred(() -> {
            ChangeSubscription subscription = changes.subscribe(id, change -> true);
            return Uni.createFrom()
                    .deferred(poll::get)
                    .map(current -> isOver(current, seen, endNanos) ? Optional.of(current) : Optional.<Envelope>empty())
                    .chain(result -> result.isPresent()
                            ? Uni.createFrom().item(result.get())
                            : subscription.await(leftUntil(endNanos)).chain(() -> awaitUntil(id, poll, seen, endNanos)))
                    .onTermination()
                    .invoke(subscription::close);
        });
    }

    private static boolean isOver(Envelope current, long seen, long endNanos) {
        return current.version() != seen || current.isCompleted() || endNanos - System.nanoTime() <= 0;
    }

    private static Duration leftUntil(long endNanos) {
        return Duration.ofNanos(endNanos - System.nanoTime());
    }
}
