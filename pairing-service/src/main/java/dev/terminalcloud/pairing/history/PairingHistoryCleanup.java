package dev.terminalcloud.pairing.history;

import dev.terminalcloud.pairing.PairingConfiguration;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Cleanup of pairings that ended longer ago than the retention, every ten minutes, on every replica. Current ones stay. */
@Startup
@ApplicationScoped
class PairingHistoryCleanup {
    /** The alert of flapping registers counts the pairings of a day. */
    private static final Duration MIN_RETENTION = Duration.ofDays(1);

    private final Pool pool;
    private final Duration retention;

    PairingHistoryCleanup(Pool pool, PairingConfiguration configuration) {
        this.pool = pool;
        this.retention = configuration.history().retention();
        if (retention.compareTo(MIN_RETENTION) < 0) {
            throw new IllegalArgumentException("pairing.history.retention must be at least 1 day, was " + retention);
        }
    }

    @Scheduled(every = "10m", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> deleteExpired() {
        return PairingHistory.deleteExpired(pool, retention);
    }
}
