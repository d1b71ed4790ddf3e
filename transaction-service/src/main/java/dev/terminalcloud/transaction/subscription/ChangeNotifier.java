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
 * Requests that wait for a change of a transaction, whichever replica brings it about. A waiting request costs a timer and
 * an entry in a map, and no thread. Thread-safe.
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
     * Listens from now on: whoever looks at the transaction after this call, and then waits, misses no change. Must be
     * called on the Vert.x context to continue on, and closed.
     */
    public ChangeSubscription subscribe(UUID transactionId, Predicate<TransactionChange> wanted) {
        ChangeSubscription listener = new ChangeSubscription(this, vertx.getOrCreateContext(), transactionId, wanted);
        subscriptions.compute(transactionId, (id, present) -> {
            Set<ChangeSubscription> set = present == null ? ConcurrentHashMap.newKeySet() : present;
            set.add(listener);
            return set;
        });
        active.incrementAndGet();
        return listener;
    }

    /** Wakes those who wait for this change. Any thread. */
    void publish(TransactionChange change) {
        Set<ChangeSubscription> ofTransaction = subscriptions.get(change.transactionId());
        if (ofTransaction != null) {
            ofTransaction.forEach(listener -> listener.accept(change));
        }
    }

    void unsubscribe(ChangeSubscription listener) {
        subscriptions.computeIfPresent(listener.transactionId(), (id, present) -> {
            if (present.remove(listener)) {
                active.decrementAndGet();
            }
            return present.isEmpty() ? null : present;
        });
    }
}
