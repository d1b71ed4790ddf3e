package dev.terminalcloud.pairing.wrongcodes;

import dev.terminalcloud.pairing.PairingConfiguration;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Cleanup of wrong codes and pairings that no longer count for any limit, every ten minutes, on every replica. */
@ApplicationScoped
class WrongCodeCleanup {
    private static final String DELETE_EXPIRED =
            """
            delete from wrong_code
            where replenished_at < now() and attempted_at < now() - make_interval(secs => $1)
            """;

    private static final String DELETE_OLD_GUESSES =
            "delete from unknown_guess where attempted_at < now() - interval '24 hours'";

    private static final String DELETE_OLD_ATTEMPTS =
            "delete from ipv6_attempt where attempted_at < now() - interval '24 hours'";

    private static final String DELETE_NO_LONGER_KNOWN =
            "delete from known_address where paired_at < now() - make_interval(secs => $1)";

    private static final Duration ALERT_WINDOW = Duration.ofMinutes(1);

    private final Pool pool;
    private final long seconds;
    private final long knownSeconds;

    WrongCodeCleanup(Pool pool, PairingConfiguration configuration) {
        this.pool = pool;
        Duration period = configuration.wrongCodes().addressWindow();
        this.seconds = Math.max(period.toSeconds(), ALERT_WINDOW.toSeconds());
        this.knownSeconds = configuration.wrongCodes().knownAddressLifetime().toSeconds();
    }

    @Scheduled(every = "10m", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> deleteExpired() {
        return pool.preparedQuery(DELETE_EXPIRED)
                .execute(Tuple.of((double) seconds))
                .chain(() -> pool.query(DELETE_OLD_GUESSES).execute())
                .chain(() -> pool.query(DELETE_OLD_ATTEMPTS).execute())
                .chain(() -> pool.preparedQuery(DELETE_NO_LONGER_KNOWN).execute(Tuple.of((double) knownSeconds)))
                .replaceWithVoid();
    }
}
