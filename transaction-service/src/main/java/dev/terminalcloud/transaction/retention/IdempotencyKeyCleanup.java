package dev.terminalcloud.transaction.retention;

import dev.terminalcloud.retention.BatchedCleanup;
import dev.terminalcloud.retention.ExpiredData;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Hourly cleanup, on any replica, of idempotency keys: after it a start with the same key is a new transaction. The key of a
 * transaction that has not ended stays.
 */
@ApplicationScoped
class IdempotencyKeyCleanup {
    private static final String KEY = "transaction.idempotency-key-retention";

    private final TransactionTable table;
    private final BatchedCleanup cleanup;
    private final Duration retention;

    /** @throws IllegalArgumentException if keys are kept for less than the POS API promises; names the configuration key */
    IdempotencyKeyCleanup(TransactionTable table, BatchedCleanup cleanup, TransactionConfiguration config) {
        this.table = table;
        this.cleanup = cleanup;
        this.retention = BatchedCleanup.checked(KEY, config.idempotencyKeyRetention(), Duration.ofDays(1));
    }

    @Scheduled(
            every = "1h",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> deleteExpired() {
        return cleanup.run(ExpiredData.IDEMPOTENCY_KEY, () -> table.deleteIdempotencyKeys(retention));
    }
}
