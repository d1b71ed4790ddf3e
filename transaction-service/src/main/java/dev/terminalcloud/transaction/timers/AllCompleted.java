package dev.terminalcloud.transaction.timers;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;

/**
 * Lets the sweeps rest while no transaction is open, which one statement a second checks. It may be outdated by about a second, which is less
 * than any deadline: an open transaction is known long before it is due. If the database can't be read the sweeps run.
 */
@Singleton
class AllCompleted implements Scheduled.SkipPredicate {
    private static final String HAS_OPEN = "select exists (select from transaction where phase <> 'COMPLETED')";

    private final Scheduled.ApplicationNotRunning notRunning;
    private final Pool pool;
    private volatile boolean allCompleted;

    AllCompleted(Scheduled.ApplicationNotRunning notRunning, Pool pool) {
        this.notRunning = notRunning;
        this.pool = pool;
    }

    @Override
    public boolean test(ScheduledExecution execution) {
        return allCompleted || notRunning.test(execution);
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> check() {
        return pool.query(HAS_OPEN)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0))
                .invoke(hasOpen -> allCompleted = !hasOpen)
                .onFailure()
                .invoke(() -> allCompleted = false)
                .replaceWithVoid();
    }
}
