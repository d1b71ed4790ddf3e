package dev.terminalcloud.transaction.polling;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.terminalcloud.database.Batcher;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.table.TransactionSnapshot;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Current states of transactions: of a completed one from the cache; of a running one from the cache too, if its version in the database
 * is still the same. One query checks the versions, and one reads the states, that are asked for during the one before: a change wakes
 * all who wait for it.
 */
@ApplicationScoped
class TransactionViews {
    private static final int MAX_READ_TOGETHER = 128;

    private final Batcher<UUID, CachedTransaction> reads = Batcher.ofReads(MAX_READ_TOGETHER, this::readAll);
    private final TransactionTable table;
    private final TransactionCache cache;
    private final VersionLookup versions;
    private final TransactionConfiguration config;
    private final Ticker ticker;
    private final Counter completed;
    private final Counter unchanged;
    private final Counter read;
    private final Counter queries;

    TransactionViews(
            TransactionTable table,
            TransactionCache cache,
            VersionLookup versions,
            TransactionConfiguration config,
            Ticker ticker,
            MeterRegistry metrics) {
        this.table = table;
        this.cache = cache;
        this.versions = versions;
        this.config = config;
        this.ticker = ticker;
        this.completed = metrics.counter("transaction.polls", "source", "cache");
        this.unchanged = metrics.counter("transaction.polls", "source", "cache_validated");
        this.read = metrics.counter("transaction.polls", "source", "database");
        this.queries = metrics.counter("transaction.poll.queries", "query", "states");
    }

    /**
     * Returns the state that the transaction had at some moment since this call; null if it does not exist. Must be called on a Vert.x
     * context, on which it continues.
     *
     * @param changedTo a version that the transaction has had, or 0: a state older than this one is read at once
     */
    Uni<CachedTransaction> current(UUID id, long changedTo) {
        Optional<CachedTransaction> cached = cache.get(id);
        if (cached.isEmpty()) {
            return read(id);
        }
        Envelope state = cached.get().envelope();
        if (state.isCompleted()) {
            completed.increment();
            return Uni.createFrom().item(cached.get());
        }
        if (state.version() < changedTo) {
            return read(id);
        }
        return validateCached(id, cached.get());
    }

    /** Returns the state as {@link #current} does, always from the database. */
    Uni<CachedTransaction> read(UUID id) {
        read.increment();
        return reads.askOnContext(id).map(found -> found.orElse(null));
    }

    private Uni<CachedTransaction> validateCached(UUID id, CachedTransaction cached) {
        return versions.versionOf(id).flatMap(version -> {
            if (version.equals(Optional.of(cached.envelope().version()))) {
                unchanged.increment();
                return Uni.createFrom().item(cached);
            }
            return read(id);
        });
    }

    private Uni<Map<UUID, CachedTransaction>> readAll(Set<UUID> ids) {
        queries.increment();
        long readAt = ticker.read();
        return table.snapshots(ids).map(found -> views(found, readAt)).invoke(views -> views.forEach(cache::put));
    }

    private Map<UUID, CachedTransaction> views(List<TransactionSnapshot> found, long readAt) {
        Map<UUID, CachedTransaction> views = new HashMap<>();
        found.forEach(snapshot -> views.put(snapshot.transaction().id(), view(snapshot, readAt)));
        return views;
    }

    /** Creates the entry; the database's clock gives the ages of token and record, and the ticker counts on from there. */
    private CachedTransaction view(TransactionSnapshot snapshot, long readAt) {
        Transaction transaction = snapshot.transaction();
        Duration tokenLeft = left(snapshot, transaction.accessTokenIssuedAt(), config.pollingTokenLifetime());
        Duration recordLeft = left(snapshot, transaction.createdAt(), config.retention());
        return new CachedTransaction(
                Envelope.polled(transaction, config.retention()),
                readAt + tokenLeft.toNanos(),
                readAt + recordLeft.toNanos());
    }

    private static Duration left(TransactionSnapshot snapshot, Instant begin, Duration lifetime) {
        return Duration.between(snapshot.readAt(), begin.plus(lifetime));
    }
}
