package dev.terminalcloud.transaction.polling;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Looks up the current versions of transactions: one query at a time for all callers, no matter how many they are. A
 * call during a query is answered by the next one, so that an answer is never older than its call.
 *
 * <p>Thread-safe. Queries start, and answers arrive, on any thread.
 */
@ApplicationScoped
class VersionLookup {
    private static final String QUERY = "select id, version from transaction where id = any($1)";

    private final Function<Set<UUID>, Uni<Map<UUID, Long>>> query;
    private Batch next = new Batch();
    private boolean inProgress;

    @Inject
    VersionLookup(Pool pool, MeterRegistry metrics) {
        this(counted(query(pool), metrics.counter("transaction.poll.queries")));
    }

    VersionLookup(Function<Set<UUID>, Uni<Map<UUID, Long>>> query) {
        this.query = query;
    }

    /**
     * Returns the transaction's version at some moment between this call and the answer. Cancelling it does not affect
     * other callers.
     *
     * @return empty if the transaction does not exist; fails as the query does, which does not affect the next one
     */
    Uni<Optional<Long>> versionOf(UUID id) {
        CompletableFuture<Map<UUID, Long>> answer = join(id);
        ask();
        return Uni.createFrom().completionStage(answer.copy()).map(versions -> Optional.ofNullable(versions.get(id)));
    }

    private synchronized CompletableFuture<Map<UUID, Long>> join(UUID id) {
        next.ids.add(id);
        return next.answer;
    }

    private void ask() {
        Batch batch = begin();
        if (!batch.ids.isEmpty()) {
            query.apply(batch.ids)
                    .onTermination()
                    .invoke(this::end)
                    .subscribe()
                    .with(batch.answer::complete, batch.answer::completeExceptionally);
        }
    }

    /** Returns the batch to query next; an empty one if a query is in progress. */
    private synchronized Batch begin() {
        if (inProgress || next.ids.isEmpty()) {
            return new Batch();
        }
        Batch batch = next;
        next = new Batch();
        inProgress = true;
        return batch;
    }

    private void end() {
        synchronized (this) {
            inProgress = false;
        }
        ask();
    }

    private static Function<Set<UUID>, Uni<Map<UUID, Long>>> query(Pool pool) {
        return ids -> pool.preparedQuery(QUERY)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(VersionLookup::byId);
    }

    private static Function<Set<UUID>, Uni<Map<UUID, Long>>> counted(
            Function<Set<UUID>, Uni<Map<UUID, Long>>> query, Counter counter) {
        return ids -> {
            counter.increment();
            return query.apply(ids);
        };
    }

    private static Map<UUID, Long> byId(RowSet<Row> rows) {
        Map<UUID, Long> versions = new HashMap<>();
        rows.forEach(row -> versions.put(row.getUUID(0), row.getLong(1)));
        return versions;
    }

    /** All calls between the starts of two queries. */
    private static final class Batch {
        private final Set<UUID> ids = new HashSet<>();
        private final CompletableFuture<Map<UUID, Long>> answer = new CompletableFuture<>();
    }
}
