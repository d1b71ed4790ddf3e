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
 * The present versions of transactions: one query at a time for all who ask, however many they are. Whoever asks while
 * one is under way is answered by the next, so that an answer is never older than its question.
 *
 * <p>Thread-safe. The database may be asked, and answers arrive, on any thread.
 */
@ApplicationScoped
class VersionLookup {
    private static final String QUERY = "select id, version from transaction where id = any($1)";

    private final Function<Set<UUID>, Uni<Map<UUID, Long>>> query;
    private Batch next = new Batch();
    private boolean underWay;

    @Inject
    VersionLookup(Pool pool, MeterRegistry metrics) {
        this(counted(query(pool), metrics.counter("transaction.poll.queries")));
    }

    VersionLookup(Function<Set<UUID>, Uni<Map<UUID, Long>>> query) {
        this.query = query;
    }

    /**
     * The transaction's version at some moment between this call and the answer.
     *
     * @return empty if there is no such transaction; fails as the query does, which the next one does not suffer from. Whoever cancels it
     *     takes nothing from the others
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
        Batch round = begin();
        if (!round.ids.isEmpty()) {
            query.apply(round.ids)
                    .onTermination()
                    .invoke(this::end)
                    .subscribe()
                    .with(round.answer::complete, round.answer::completeExceptionally);
        }
    }

    /** The round whose turn it is; an empty one if another is under way. */
    private synchronized Batch begin() {
        if (underWay || next.ids.isEmpty()) {
            return new Batch();
        }
        Batch round = next;
        next = new Batch();
        underWay = true;
        return round;
    }

    private void end() {
        synchronized (this) {
            underWay = false;
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

    /** All who ask between the beginnings of two queries. */
    private static final class Batch {
        private final Set<UUID> ids = new HashSet<>();
        private final CompletableFuture<Map<UUID, Long>> answer = new CompletableFuture<>();
    }
}
