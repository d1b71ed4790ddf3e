package dev.terminalcloud.transaction.subscription;

import dev.terminalcloud.events.TransactionEvent.TransactionChange;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * One request that listens for a change of one transaction, from {@link ChangeNotifier#subscribe} to {@link #close}. Changes are
 * accepted on any thread; the other methods must be called on the listener's context.
 */
public final class ChangeSubscription implements AutoCloseable {
    private final ChangeNotifier changes;
    private final Context context;
    private final UUID transactionId;
    private final Predicate<TransactionChange> wanted;
    /** Guarded by this object, as is what waits for it. */
    private boolean hasChanged;

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
     * Closes, and then runs the action once, when the change has happened or the time is up, on the listener's context; never if it
     * has been closed before.
     */
    public void await(Duration time, Runnable action) {
        timer = context.owner().setTimer(Math.max(1, time.toMillis()), expired -> changed());
        synchronized (this) {
            if (!hasChanged) {
                waiting = action;
                return;
            }
        }
        run(action);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (timer >= 0) {
                context.owner().cancelTimer(timer);
            }
            changes.unsubscribe(this);
        }
    }

    UUID transactionId() {
        return transactionId;
    }

    void accept(TransactionChange change) {
        if (wanted.test(change)) {
            changed();
        }
    }

    private void changed() {
        Runnable action;
        synchronized (this) {
            hasChanged = true;
            action = waiting;
            waiting = null;
        }
        if (action != null) {
            run(action);
        }
    }

    private void run(Runnable action) {
        context.runOnContext(now -> {
            if (!closed) {
                close();
                action.run();
            }
        });
    }
}
