package dev.terminalcloud.transaction.subscription;

import dev.terminalcloud.events.TransactionEvent.TransactionChange;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * One request that listens for changes of one transaction, from {@link ChangeNotifier#subscribe} to {@link #close}. Changes are
 * accepted on any thread; {@link #await} and {@link #close} must be called on the listener's context.
 */
public final class ChangeSubscription implements AutoCloseable {
    private final ChangeNotifier changes;
    private final Context context;
    private final UUID transactionId;
    private final Predicate<TransactionChange> wanted;
    /** Guarded by this object, as are the next two. */
    private boolean hasChanged;

    private long newestVersion;
    private Runnable waiting;
    private long timer = -1;
    private boolean closed;

    ChangeSubscription(
            ChangeNotifier changes, Context context, UUID transactionId, Predicate<TransactionChange> wanted) {
        this.changes = changes;
        this.context = context;
        this.transactionId = transactionId;
        this.wanted = wanted;
    }

    /**
     * Runs the action once, on the listener's context: when there has been a change since the last action ran, or the time is up, and not
     * earlier; never after {@link #close}. Must not be called while an action waits.
     */
    public void await(Duration time, Runnable action) {
        if (closed) {
            return;
        }
        synchronized (this) {
            waiting = action;
        }
        timer = context.owner().setTimer(Math.max(1, roundedUpMillis(time)), expired -> changed(0));
        wake();
    }

    /** A caller that compares the time left would otherwise find some left. */
    private static long roundedUpMillis(Duration time) {
        return time.plusNanos(999_999).toMillis();
    }

    /** Returns the newest version that a change has made since the subscription; 0 without a change. May be called on any thread. */
    public synchronized long newestVersion() {
        return newestVersion;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            cancelTimer();
            changes.unsubscribe(this);
        }
    }

    UUID transactionId() {
        return transactionId;
    }

    void accept(TransactionChange change) {
        if (wanted.test(change)) {
            changed(change.version());
        }
    }

    private void changed(long version) {
        synchronized (this) {
            hasChanged = true;
            newestVersion = Math.max(newestVersion, version);
        }
        wake();
    }

    private void wake() {
        Runnable action;
        synchronized (this) {
            if (!hasChanged || waiting == null) {
                return;
            }
            action = waiting;
            waiting = null;
        }
        context.runOnContext(now -> run(action));
    }

    private void run(Runnable action) {
        if (closed) {
            return;
        }
        cancelTimer();
        synchronized (this) {
            hasChanged = false;
        }
        action.run();
    }

    private void cancelTimer() {
        if (timer >= 0) {
            context.owner().cancelTimer(timer);
            timer = -1;
        }
    }
}
