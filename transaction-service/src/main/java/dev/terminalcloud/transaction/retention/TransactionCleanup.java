package dev.terminalcloud.transaction.timers;

import dev.terminalcloud.transaction.TransactionConfiguration;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Deletes transactions whose retention is over, some of them each minute, on any replica. It never deletes a
 * transaction that has not ended, or whose callback is pending.
 */
@ApplicationScoped
class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final String DELETE_EXPIRED =
            """
            delete from transaction where id in (
                select t.id from transaction t
                where t.phase = 'COMPLETED' and t.created_at < now() - $1::bigint * interval '1 second'
                  and not exists (select from callback c where c.transaction_id = t.id)
                limit 5000 for update of t skip locked)
            """;

    private final Pool pool;
    private final TransactionConfiguration config;

    Retention(Pool pool, TransactionConfiguration config) {
        this.pool = pool;
        this.config = config;
    }

    @Scheduled(
            every = "1m",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> deleteExpired() {
        return pool.preparedQuery(DELETE_EXPIRED)
                .execute(Tuple.of(config.retention().toSeconds()))
                .invoke(deleted -> LOG.debugf("Expired transactions deleted: count=%d", deleted.rowCount()))
                .replaceWithVoid();
    }
}
