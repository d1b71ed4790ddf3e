package dev.terminalcloud.transaction.retention;

import dev.terminalcloud.retention.BatchedCleanup;
import dev.terminalcloud.retention.ExpiredData;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.Discrepancies;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Hourly cleanup, on any replica, of device events that could not be applied. It never deletes one of a transaction that has
 * not ended: an operator may need it to resolve the transaction.
 */
@ApplicationScoped
class DiscrepancyCleanup {
    private final Pool pool;
    private final BatchedCleanup cleanup;
    private final TransactionConfiguration config;

    DiscrepancyCleanup(Pool pool, BatchedCleanup cleanup, TransactionConfiguration config) {
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
                ExpiredData.DISCREPANCY, () -> Discrepancies.deleteExpired(pool, config.discrepancyRetention()));
    }
}
