package dev.terminalcloud.pairing.wrongcodes;

import dev.terminalcloud.pairing.PairingConfiguration;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Cleanup of wrong codes and pairings that no longer count for any limit, every ten minutes, on every replica. */
@ApplicationScoped
class WrongCodeCleanup {
    private static final Duration ALERT_WINDOW = Duration.ofMinutes(1);

    private final Pool pool;
    private final WrongCodeBrake brake;
    private final KnownAddresses known;
    private final Duration age;

    WrongCodeCleanup(Pool pool, WrongCodeBrake brake, KnownAddresses known, PairingConfiguration configuration) {
        this.pool = pool;
        this.brake = brake;
        this.known = known;
        Duration period = configuration.wrongCodes().addressWindow();
        this.age = period.compareTo(ALERT_WINDOW) > 0 ? period : ALERT_WINDOW;
    }

    @Scheduled(every = "10m", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> deleteExpired() {
        return WrongCodeLimiter.deleteExpired(pool, age)
                .chain(brake::deleteExpired)
                .chain(() -> NetworkLimiter.deleteExpired(pool))
                .chain(known::deleteExpired);
    }
}
