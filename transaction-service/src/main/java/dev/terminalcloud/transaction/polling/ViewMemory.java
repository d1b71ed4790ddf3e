package dev.terminalcloud.transaction.polling;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.terminalcloud.transaction.TransactionConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The completed transactions that are polled, so that a poll of one costs the database nothing. A completed transaction
 * never changes again: what is remembered is right on every replica, for ever.
 *
 * <p>Bounded by {@code transaction.polling-memory}. Thread-safe.
 */
@ApplicationScoped
class ViewMemory {
    private final Cache<UUID, View> completed;

    @Inject
    ViewMemory(TransactionConfig config, Ticker ticker) {
        this(config.tokenLife(), config.pollingMemory().asLongValue(), ticker);
    }

    ViewMemory(Duration kept, long bytes, Ticker ticker) {
        this.completed = Caffeine.newBuilder()
                .ticker(ticker)
                .executor(Runnable::run)
                .expireAfterAccess(kept)
                .maximumWeight(bytes)
                .weigher((UUID id, View view) -> view.envelope().weight())
                .build();
    }

    /** The transaction, if it is known to have ended. */
    Optional<View> recall(UUID id) {
        return Optional.ofNullable(completed.getIfPresent(id));
    }

    /** Remembers what the database had, if that is final. */
    void remember(UUID id, View view) {
        if (view.envelope().isCompleted()) {
            completed.put(id, view);
        }
    }
}
