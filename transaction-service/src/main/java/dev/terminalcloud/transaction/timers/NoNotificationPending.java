package dev.terminalcloud.transaction.timers;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import jakarta.inject.Singleton;

/** Lets the job that sends notifications rest while none is pending, as {@link NothingPending} finds out with its own query. */
@Singleton
public class NoNotificationPending implements Scheduled.SkipPredicate {
    private final Scheduled.ApplicationNotRunning notRunning;
    private final NothingPending pending;

    NoNotificationPending(Scheduled.ApplicationNotRunning notRunning, NothingPending pending) {
        this.notRunning = notRunning;
        this.pending = pending;
    }

    @Override
    public boolean test(ScheduledExecution execution) {
        return pending.isNoNotificationPending() || notRunning.test(execution);
    }
}
