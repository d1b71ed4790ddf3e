package dev.terminalcloud.transaction.timers;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets the jobs for open transactions, callbacks and notifications rest while nothing is pending. It checks the database every second while something is, or
 * may be, and every {@value #REST_SECONDS} seconds otherwise.
 *
 * <p>A start by this replica is known at once, through {@link #wake()}. Each start by another replica keeps the jobs of that replica awake;
 * only if it crashes are its transactions found later, by {@value #REST_SECONDS} seconds at most, which is less than any deadline. If the
 * database can't be read the jobs run.
 */
@Singleton
public class NothingPending implements Scheduled.SkipPredicate {
    private static final int REST_SECONDS = 5;

    /** Callbacks that are retried later than the next check do not count. */
    private static final String IS_PENDING =
            """
            select has_open_transaction or coalesce(next_callback_at < now() + interval '%1$d seconds', false),
                coalesce(next_notification_at < now() + interval '%1$d seconds', false)
            from pending_work
            """
                    .formatted(2 * REST_SECONDS);

    private final Scheduled.ApplicationNotRunning notRunning;
    private final Pool pool;
    private final AtomicInteger wakes = new AtomicInteger();
    private volatile boolean nothingPending;
    private volatile boolean noNotificationPending;
    private int secondsAtRest;

    NothingPending(Scheduled.ApplicationNotRunning notRunning, Pool pool) {
        this.notRunning = notRunning;
        this.pool = pool;
    }

    /** Makes the jobs run again, at the latest within a second: this replica may have started a transaction. Safe for any thread. */
    public void wake() {
        wakes.incrementAndGet();
        nothingPending = false;
    }

    /** Returns whether no notification is pending, as far as it is known. */
    boolean isNoNotificationPending() {
        return noNotificationPending;
    }

    @Override
    public boolean test(ScheduledExecution execution) {
        return nothingPending || notRunning.test(execution);
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> check() {
        secondsAtRest = nothingPending ? (secondsAtRest + 1) % REST_SECONDS : 0;
        return secondsAtRest == 0 ? query() : Uni.createFrom().voidItem();
    }

    private Uni<Void> query() {
        int before = wakes.get();
        return pool.query(IS_PENDING)
                .execute()
                .map(rows -> rows.iterator().next())
                .invoke(pending -> rest(!pending.getBoolean(0), !pending.getBoolean(1), before))
                .onFailure()
                .invoke(() -> rest(false, false, before))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** A start during the query may not be in its result. */
    private void rest(boolean rests, boolean restsWithoutNotification, int wakesBefore) {
        nothingPending = rests;
        noNotificationPending = restsWithoutNotification;
        if (wakes.get() != wakesBefore) {
            nothingPending = false;
        }
    }
}
