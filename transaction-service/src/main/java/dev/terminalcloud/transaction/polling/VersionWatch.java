package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.transaction.subscription.ChangeSubscription;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Watches the versions of one transaction for one client, until it is closed. Between two versions it keeps no state of the transaction: the
 * next poll returns a newer one.
 *
 * <p>Not thread-safe: all methods must be called on the Vert.x context of the subscription, on which it continues.
 */
final class VersionWatch implements AutoCloseable {
    private static final long NONE = -1;

    private final ChangeSubscription changes;
    private final LongFunction<Uni<Envelope>> poll;
    private final Consumer<Envelope> found;
    private final Consumer<Throwable> failed;
    private long polled = NONE;
    private long seen;
    private long endNanos;
    private boolean isPolling;
    private Cancellable polling;
    private boolean isClosed;

    /**
     * @param changes what happens to the transaction; closed with the watch
     * @param poll returns the current state; its argument is a version that the transaction has had, or 0
     * @param found gets the state that ends a wait
     * @param failed gets the failure of a poll that ends a wait
     */
    VersionWatch(
            ChangeSubscription changes,
            LongFunction<Uni<Envelope>> poll,
            Consumer<Envelope> found,
            Consumer<Throwable> failed) {
        this.changes = changes;
        this.poll = poll;
        this.found = found;
        this.failed = failed;
    }

    /**
     * Waits until the version differs from the one seen, the transaction has ended, or the time is up. Must not be called during another
     * wait, nor after one that has found the end: no change follows, so it would wait until the time is up.
     */
    void await(long version, Duration time) {
        seen = version;
        endNanos = System.nanoTime() + time.toNanos();
        if (seen == polled) {
            changes.await(time, this::poll);
        } else {
            poll();
        }
    }

    private void poll() {
        isPolling = true;
        Cancellable running = Uni.createFrom()
                .deferred(() -> poll.apply(changes.newestVersion()))
                .onTermination()
                .invoke(() -> isPolling = false)
                .invoke(this::endOrWait)
                .subscribe()
                .with(current -> {}, failed);
        // A poll that has ended would keep the state.
        polling = isPolling ? running : null;
    }

    private void endOrWait(Envelope current) {
        polling = null;
        polled = current.version();
        long leftNanos = endNanos - System.nanoTime();
        if (polled != seen || current.isCompleted() || leftNanos <= 0) {
            found.accept(current);
        } else if (!isClosed) {
            changes.await(Duration.ofNanos(leftNanos), this::poll);
        }
    }

    /** Ends the wait, if there is one. */
    @Override
    public void close() {
        isClosed = true;
        changes.close();
        if (polling != null) {
            polling.cancel();
        }
    }
}
