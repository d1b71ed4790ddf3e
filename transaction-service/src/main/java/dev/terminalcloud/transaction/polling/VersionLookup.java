package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.database.Batcher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Looks up the current versions of transactions: one query at a time for all callers, no matter how many they are. A call during a query is
 * answered by the next one.
 *
 * <p>Thread-safe. Queries start on any thread.
 */
@ApplicationScoped
class VersionLookup {
    private static final String QUERY = "select id, version from transaction where id = any($1)";

    private final Batcher<UUID, Long> versions = new Batcher<>(Integer.MAX_VALUE, this::query);
    private final Pool pool;
    private final Counter queries;

    VersionLookup(Pool pool, MeterRegistry metrics) {
        this.pool = pool;
        this.queries = metrics.counter("transaction.poll.queries", "query", "versions");
    }

    /**
     * Returns the transaction's version at some moment between this call and the answer. Must be called on a Vert.x context, on which it
     * continues. Cancelling it does not affect other callers.
     *
     * @return empty if the transaction does not exist; fails as the query does, which does not affect the next one
     */
    Uni<Optional<Long>> versionOf(UUID id) {
        return versions.askOnContext(id);
    }

    private Uni<Map<UUID, Long>> query(Set<UUID> ids) {
        queries.increment();
        return pool.preparedQuery(QUERY)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(VersionLookup::byId);
    }

    private static Map<UUID, Long> byId(RowSet<Row> rows) {
        Map<UUID, Long> versions = new HashMap<>();
        rows.forEach(row -> versions.put(row.getUUID(0), row.getLong(1)));
        return versions;
    }
}
