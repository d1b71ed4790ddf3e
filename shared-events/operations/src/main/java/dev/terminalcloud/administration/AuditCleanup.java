package dev.terminalcloud.administration;

import dev.terminalcloud.retention.BatchedCleanup;
import dev.terminalcloud.retention.ExpiredData;
import dev.terminalcloud.retention.RetentionConfiguration;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Hourly cleanup, on any replica, of audit entries whose retention is over. Only a function of the database can delete them, and it refuses
 * entries of the last 90 days: the service itself can't alter the audit trail.
 */
@Startup
@ApplicationScoped
public class AuditCleanup {
    private static final Duration MIN_RETENTION = Duration.ofDays(90);

    private final AuditTable table;
    private final BatchedCleanup cleanup;
    private final Duration retention;

    AuditCleanup(AuditTable table, BatchedCleanup cleanup, RetentionConfiguration configuration) {
        this.table = table;
        this.cleanup = cleanup;
        this.retention = BatchedCleanup.checked("retention.audit-entries", configuration.auditEntries(), MIN_RETENTION);
    }

    /** Deletes the entries whose retention is over. */
    @Scheduled(
            every = "1h",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    public Uni<Void> deleteExpired() {
        return cleanup.run(ExpiredData.AUDIT_ENTRY, () -> table.deleteExpired(retention, BatchedCleanup.BATCH_SIZE));
    }
}
