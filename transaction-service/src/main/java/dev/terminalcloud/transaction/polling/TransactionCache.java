package dev.terminalcloud.transaction.polling;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.terminalcloud.transaction.TransactionConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Cache of polled transactions, as they were when they were last read. A completed one never changes again: its entry
 * is valid on every replica, for ever. The entry of a running one is valid while its version is the database's.
 *
 * <p>Bounded by {@code transaction.polling-cache-size}. Thread-safe.
 */
@ApplicationScoped
class TransactionCache {
    private final Cache<UUID, CachedTransaction> cache;

    @Inject
    TransactionCache(TransactionConfiguration config, Ticker ticker) {
        this(config.pollingTokenLifetime(), config.pollingCacheSize().asLongValue(), ticker);
    }

    TransactionCache(Duration lifetime, long bytes, Ticker ticker) {
        this.cache = Caffeine.newBuilder()
                .ticker(ticker)
                .executor(Runnable::run)
                .expireAfterAccess(lifetime)
                .maximumWeight(bytes)
                .weigher((UUID id, CachedTransaction view) -> view.envelope().weight())
                .build();
    }

    /** Returns the cached transaction. */
    Optional<CachedTransaction> get(UUID id) {
        return Optional.ofNullable(cache.getIfPresent(id));
    }

    /** Caches what the database had, unless something newer is cached already. */
    void put(UUID id, CachedTransaction view) {
        cache.asMap().merge(id, view, CachedTransaction::newerOf);
    }
}
