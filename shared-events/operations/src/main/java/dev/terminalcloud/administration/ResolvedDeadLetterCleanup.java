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

/** Hourly cleanup, on any replica, of resolutions whose dead letters Kafka has deleted. */
@Startup
@ApplicationScoped
public class ResolvedDeadLetterCleanup {
    private static final Duration MIN_RETENTION = Duration.ofDays(100);

    private final ResolvedDeadLetters table;
    private final BatchedCleanup cleanup;
    private final Duration retention;

    ResolvedDeadLetterCleanup(ResolvedDeadLetters table, BatchedCleanup cleanup, RetentionConfiguration configuration) {
        this.table = table;
        this.cleanup = cleanup;
        this.retention = BatchedCleanup.checked(
                "retention.resolved-dead-letters", configuration.resolvedDeadLetters(), MIN_RETENTION);
    }

    /** Deletes the resolutions whose retention is over. */
    @Scheduled(
            every = "1h",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    public Uni<Void> deleteExpired() {
        return cleanup.run(
                ExpiredData.RESOLVED_DEAD_LETTER, () -> table.deleteExpired(retention, BatchedCleanup.BATCH_SIZE));
    }
}
