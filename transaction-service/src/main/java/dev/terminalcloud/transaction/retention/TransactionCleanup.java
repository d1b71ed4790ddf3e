package dev.terminalcloud.transaction.retention;

import dev.terminalcloud.retention.BatchedCleanup;
import dev.terminalcloud.retention.ExpiredData;
import dev.terminalcloud.transaction.TransactionConfiguration;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Hourly cleanup, on any replica, of transactions whose {@code RecordExpiry} is over, with their receipts and sale data. It
 * never deletes a transaction that has not ended, or whose callback is pending.
 */
@ApplicationScoped
class TransactionCleanup {
    private static final String DELETE_EXPIRED =
            """
            delete from transaction where id in (
                select t.id from transaction t
                where t.phase = 'COMPLETED' and t.created_at < now() - make_interval(secs => $1)
                  and not exists (select from callback c where c.transaction_id = t.id)
                limit $2 for update of t skip locked)
            """;

    private final Pool pool;
    private final BatchedCleanup cleanup;
    private final TransactionConfiguration config;

    TransactionCleanup(Pool pool, BatchedCleanup cleanup, TransactionConfiguration config) {
        this.pool = pool;
        this.cleanup = cleanup;
        this.config = config;
    }

    @Scheduled(
            every = "1h",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> deleteExpired() {
        return cleanup.run(
                ExpiredData.TRANSACTION, () -> BatchedCleanup.removeOlder(pool, DELETE_EXPIRED, config.retention()));
    }
}
