package dev.terminalcloud.routes;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Hourly cleanup, on any replica, of ended sessions that no event can refer to any longer. */
@ApplicationScoped
public class EndedSessionCleanup {
    private final DeviceSessionTable table;

    EndedSessionCleanup(DeviceSessionTable table) {
        this.table = table;
    }

    /** Deletes what is due, but the newest session of each device. */
    @Scheduled(every = "1h", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    public Uni<Void> deleteEnded() {
        return table.deleteEnded().replaceWithVoid();
    }
}
