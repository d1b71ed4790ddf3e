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
 * Hourly erasure, on any replica, of polling tokens, which are also the keys of callback signatures, and of callback URLs that nothing uses
 * any longer: the token has expired, also one that was renewed, and no callback is pending. A random token takes the place of the erased one, so that no token fits.
 */
@ApplicationScoped
class AccessCleanup {
    private final TransactionTable table;
    private final BatchedCleanup cleanup;
    private final TransactionConfiguration config;

    AccessCleanup(TransactionTable table, BatchedCleanup cleanup, TransactionConfiguration config) {
        this.table = table;
        this.cleanup = cleanup;
        this.config = config;
    }

    @Scheduled(
            every = "1h",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> eraseExpired() {
        Duration age = config.pollingTokenLifetime().plus(config.accessRetention());
        return cleanup.run(ExpiredData.TRANSACTION_ACCESS, () -> table.eraseAccess(age));
    }
}
