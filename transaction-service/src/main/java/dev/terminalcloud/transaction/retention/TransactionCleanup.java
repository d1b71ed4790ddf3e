package dev.terminalcloud.transaction.retention;

import dev.terminalcloud.retention.BatchedCleanup;
import dev.terminalcloud.retention.ExpiredData;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Hourly cleanup, on any replica, of transactions whose {@code RecordExpiry} is over, with their receipts and sale data. It
 * never deletes a transaction that has not ended, or whose callback is pending.
 */
@ApplicationScoped
class TransactionCleanup {
    private final TransactionTable table;
    private final BatchedCleanup cleanup;
    private final TransactionConfiguration config;

    TransactionCleanup(TransactionTable table, BatchedCleanup cleanup, TransactionConfiguration config) {
        this.table = table;
        this.cleanup = cleanup;
        this.config = config;
    }

    @Scheduled(
            every = "1h",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> deleteExpired() {
        return cleanup.run(ExpiredData.TRANSACTION, () -> table.delete(config.retention()));
    }
}
