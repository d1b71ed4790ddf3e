package dev.terminalcloud.pairing.codes;

import dev.terminalcloud.pairing.PairingConfiguration;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Cleanup of codes that expired longer ago than the retention, every ten minutes, on every replica. */
@ApplicationScoped
class ExpiredCodeCleanup {
    private static final String DELETE_EXPIRED =
            "delete from pairing_code where expires_at < now() - make_interval(secs => $1)";

    private final Pool pool;
    private final Duration retention;

    ExpiredCodeCleanup(Pool pool, PairingConfiguration configuration) {
        this.pool = pool;
        this.retention = configuration.code().retention();
    }

    @Scheduled(every = "10m", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> deleteExpired() {
        return pool.preparedQuery(DELETE_EXPIRED)
                .execute(Tuple.of((double) retention.toSeconds()))
                .replaceWithVoid();
    }
}
