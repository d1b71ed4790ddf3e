package dev.terminalcloud.transaction.subscription;

import dev.terminalcloud.events.TransactionEvent.TransactionChange;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** One request that listens for a change of one transaction, from {@link ChangeNotifier#subscribe} to {@link #close}. */
public final class ChangeSubscription implements AutoCloseable {
    private final CompletableFuture<Void> received = new CompletableFuture<>();
    private final ChangeNotifier changes;
    private final Context context;
    private final UUID transactionId;
    private final Predicate<TransactionChange> wanted;

    ChangeSubscription(
            ChangeNotifier changes, Context context, UUID transactionId, Predicate<TransactionChange> wanted) {
        this.changes = changes;
        this.context = context;
        this.transactionId = transactionId;
        this.wanted = wanted;
    }

    /** Completes when the change has happened or the time is up, on the listener's context; then it is closed. */
    public Uni<Void> await(Duration time) {
        long timer = context.owner().setTimer(Math.max(1, time.toMillis()), expired -> received.complete(null));
        return Uni.createFrom()
                .completionStage(received)
                .onTermination()
                .invoke(() -> {
                    context.owner().cancelTimer(timer);
                    close();
                })
                .emitOn(MutinyHelper.executor(context));
    }

    @Override
    public void close() {
        changes.unsubscribe(this);
    }

    UUID transactionId() {
        return transactionId;
    }

    void accept(TransactionChange change) {
        if (wanted.test(change)) {
            received.complete(null);
        }
    }
}
