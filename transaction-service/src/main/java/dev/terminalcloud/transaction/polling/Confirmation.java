package dev.terminalcloud.transaction.polling;

import com.github.benmanes.caffeine.cache.Ticker;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/**
 * Compares what is remembered of running transactions with the database, all of them in one query a second, so that a
 * change that was not heard is not overlooked for long.
 */
@ApplicationScoped
class Confirmation {
    private static final String VERSIONS = "select id, version from transaction where id = any($1)";

    private final Pool pool;
    private final ViewMemory memory;
    private final Ticker ticker;

    Confirmation(Pool pool, ViewMemory memory, Ticker ticker) {
        this.pool = pool;
        this.memory = memory;
        this.ticker = ticker;
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> confirm() {
        Map<UUID, Long> unconfirmed = memory.unconfirmed();
        if (unconfirmed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        long asked = ticker.read();
        return pool.preparedQuery(VERSIONS)
                .execute(Tuple.of(unconfirmed.keySet().toArray(UUID[]::new)))
                .invoke(rows -> confirm(rows, asked))
                .replaceWithVoid();
    }

    private void confirm(RowSet<Row> rows, long asked) {
        rows.forEach(row -> memory.confirm(row.getUUID("id"), row.getLong("version"), asked));
    }
}
