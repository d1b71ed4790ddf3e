package dev.terminalcloud.pairing.codes;

import dev.terminalcloud.pairing.PairingConfiguration;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Cleanup of codes that expired longer ago than the retention, every ten minutes, on every replica. */
@ApplicationScoped
class ExpiredCodeCleanup {
    private final Pool pool;
    private final Duration retention;

    ExpiredCodeCleanup(Pool pool, PairingConfiguration configuration) {
        this.pool = pool;
        this.retention = configuration.code().retention();
    }

    @Scheduled(every = "10m", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> deleteExpired() {
        return PairingCodes.deleteExpired(pool, retention);
    }
}
