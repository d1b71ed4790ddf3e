package dev.terminalcloud.transaction.subscription;

import dev.terminalcloud.events.TransactionEvent.TransactionChange;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Notifies requests that wait for a change of a transaction, whichever replica makes it. A waiting request costs a
 * timer and an entry in a map, and no thread. Thread-safe.
 */
@ApplicationScoped
public class ChangeNotifier {
    private final Map<UUID, Set<ChangeSubscription>> subscriptions = new ConcurrentHashMap<>();
    private final AtomicInteger active = new AtomicInteger();
    private final Vertx vertx;

    ChangeNotifier(Vertx vertx, MeterRegistry metrics) {
        this.vertx = vertx;
        metrics.gauge("transaction.requests.held", active);
    }

    /**
     * Subscribes from now on: a caller that loads the transaction after this call, and then waits, misses no change.
     * Must be called on the Vert.x context to continue on, and the subscription must be closed.
     */
    public ChangeSubscription subscribe(UUID transactionId, Predicate<TransactionChange> wanted) {
        ChangeSubscription listener = new ChangeSubscription(this, vertx.getOrCreateContext(), transactionId, wanted);
        subscriptions.compute(transactionId, (id, existing) -> {
            Set<ChangeSubscription> set = existing == null ? ConcurrentHashMap.newKeySet(1) : existing;
            set.add(listener);
            return set;
        });
        active.incrementAndGet();
        return listener;
    }

    /** Wakes the requests that wait for this change. May be called on any thread. */
    void publish(TransactionChange change) {
        Set<ChangeSubscription> ofTransaction = subscriptions.get(change.transactionId());
        if (ofTransaction != null) {
            ofTransaction.forEach(listener -> listener.accept(change));
        }
    }

    void unsubscribe(ChangeSubscription listener) {
        subscriptions.computeIfPresent(listener.transactionId(), (id, existing) -> {
            if (existing.remove(listener)) {
                active.decrementAndGet();
            }
            return existing.isEmpty() ? null : existing;
        });
    }
}
