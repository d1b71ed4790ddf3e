package dev.terminalcloud.transaction.retention;

import dev.terminalcloud.retention.BatchedCleanup;
import dev.terminalcloud.retention.ExpiredData;
import dev.terminalcloud.transaction.TransactionConfiguration;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Hourly cleanup, on any replica, of idempotency keys: after it a start with the same key is a new transaction. The key of a
 * transaction that has not ended stays.
 */
@ApplicationScoped
class IdempotencyKeyCleanup {
    private static final String KEY = "transaction.idempotency-key-retention";

    private static final String DELETE_EXPIRED =
            """
            update transaction set idempotency_key_hash = null
            where id in (
                select id from transaction
                where idempotency_key_hash is not null and phase = 'COMPLETED'
                  and created_at < now() - make_interval(secs => $1)
                limit $2 for update skip locked)
            """;

    private final Pool pool;
    private final BatchedCleanup cleanup;
    private final Duration retention;

    /** @throws IllegalArgumentException if keys are kept for less than the POS API promises; names the configuration key */
    IdempotencyKeyCleanup(Pool pool, BatchedCleanup cleanup, TransactionConfiguration config) {
        this.pool = pool;
        this.cleanup = cleanup;
        this.retention = BatchedCleanup.checked(KEY, config.idempotencyKeyRetention(), Duration.ofDays(1));
    }

    @Scheduled(
            every = "1h",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> deleteExpired() {
        return cleanup.run(
                ExpiredData.IDEMPOTENCY_KEY, () -> BatchedCleanup.removeOlder(pool, DELETE_EXPIRED, retention));
    }
}
