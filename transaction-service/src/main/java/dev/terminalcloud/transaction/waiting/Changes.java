package dev.terminalcloud.transaction.waiting;

import dev.terminalcloud.events.TransactionEvent.OfTransaction;
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
public class Changes {
    private final Map<UUID, Set<Listening>> listeners = new ConcurrentHashMap<>();
    private final AtomicInteger listening = new AtomicInteger();
    private final Vertx vertx;

    Changes(Vertx vertx, MeterRegistry metrics) {
        this.vertx = vertx;
        metrics.gauge("transaction.requests.waiting", listening);
    }

    /**
     * Listens from now on: whoever looks at the transaction after this call, and then waits, misses no change. Must be
     * called on the Vert.x context to continue on, and closed.
     */
    public Listening listen(UUID transactionId, Predicate<OfTransaction> wanted) {
        Listening listener = new Listening(this, vertx.getOrCreateContext(), transactionId, wanted);
        listeners.compute(transactionId, (id, present) -> {
            Set<Listening> set = present == null ? ConcurrentHashMap.newKeySet() : present;
            set.add(listener);
            return set;
        });
        listening.incrementAndGet();
        return listener;
    }

    /** Wakes those who wait for this change. Any thread. */
    void happened(OfTransaction change) {
        Set<Listening> ofTransaction = listeners.get(change.transactionId());
        if (ofTransaction != null) {
            ofTransaction.forEach(listener -> listener.offer(change));
        }
    }

    void forget(Listening listener) {
        listeners.computeIfPresent(listener.transactionId(), (id, present) -> {
            if (present.remove(listener)) {
                listening.decrementAndGet();
            }
            return present.isEmpty() ? null : present;
        });
    }
}
