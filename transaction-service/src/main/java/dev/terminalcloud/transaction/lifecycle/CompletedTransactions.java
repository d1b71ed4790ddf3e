package dev.terminalcloud.transaction.lifecycle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The transactions that this replica has completed a moment ago, as they were committed: a request that waits for the end of one need not
 * read it, since a completed one never changes. Bounded; thread-safe.
 */
@ApplicationScoped
public class CompletedTransactions {
    private static final Duration LIFETIME = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int WEIGHT_WITHOUT_TEXTS = 2_000;

    private final Cache<UUID, Transaction> completed = Caffeine.newBuilder()
            .executor(Runnable::run)
            .expireAfterWrite(LIFETIME)
            .maximumWeight(MAX_BYTES)
            .weigher((UUID id, Transaction transaction) -> weight(transaction))
            .build();

    /** Keeps the transaction for a moment; its database transaction has been committed. */
    void put(Transaction transaction) {
        completed.put(transaction.id(), transaction);
    }

    /** Returns the transaction, once. */
    public Optional<Transaction> take(UUID id) {
        return Optional.ofNullable(completed.asMap().remove(id));
    }

    private static int weight(Transaction transaction) {
        return WEIGHT_WITHOUT_TEXTS
                + weight(transaction.request().saleData())
                + transaction
                        .outcome()
                        .map(outcome -> weight(outcome.receipt()))
                        .orElse(0);
    }

    private static int weight(String text) {
        return text == null ? 0 : Character.BYTES * text.length();
    }
}
