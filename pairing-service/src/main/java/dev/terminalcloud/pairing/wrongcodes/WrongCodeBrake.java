package dev.terminalcloud.pairing.wrongcodes;

import dev.terminalcloud.pairing.PairingConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Brake on guessing from many addresses (POS API, section 8). It closes above the rate of the alert, and when the wrong codes of
 * unknown addresses within a day, each weighted with the number of codes that it could have hit, have used up their budget. While
 * it is closed, only {@link KnownAddresses} are let through.
 *
 * <p>The database decides, by its clock. It is exact: unknown addresses take turns, on all replicas together. A replica that has
 * found it closed does not ask again for some seconds, so that a flood costs the database nothing.
 */
@Startup
@ApplicationScoped
class WrongCodeBrake {
    private static final Logger LOG = Logger.getLogger(WrongCodeBrake.class);
    private static final Duration MAX_CACHE_AGE = Duration.ofSeconds(5);

    private static final String RETRY_AFTER_SECONDS =
            """
            select greatest(0, cast(ceil(extract(epoch from greatest(
                (select attempted_at + interval '1 minute' from wrong_code_of_last_minute
                 order by attempted_at desc
                 offset cast(%1$s as bigint) limit 1),
                (select attempted_at + interval '24 hours' from (
                    select attempted_at, sum(live_codes) over (order by attempted_at desc, id desc) as weight
                    from unknown_guess
                    where attempted_at > statement_timestamp() - interval '24 hours') guess
                 where weight >= cast(%2$s as bigint)
                 order by attempted_at desc
                 limit 1)
            ) - statement_timestamp())) as bigint))
            """;

    private static final String IN_SESSION = RETRY_AFTER_SECONDS.formatted(":threshold", ":budget");
    private static final String WITHOUT_SESSION = RETRY_AFTER_SECONDS.formatted("$1", "$2");

    private static final String LOCK =
            "select cast(pg_advisory_xact_lock(hashtextextended(current_schema() || ' wrong code brake', 0)) as text)";

    private static final String RECORD =
            "insert into unknown_guess (live_codes) select greatest(1, count(*)) from live_code";

    private static final String DELETE_EXPIRED =
            "delete from unknown_guess where attempted_at < now() - interval '24 hours'";

    /** The state as it was found, at a time of the monotonic clock. */
    private record Closed(Duration opensIn, long foundNanos) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - foundNanos);
        }
    }

    private final AtomicReference<Closed> closed = new AtomicReference<>();
    private final Pool pool;
    private final long threshold;
    private final long budget;

    WrongCodeBrake(Pool pool, PairingConfiguration configuration, MeterRegistry metrics) {
        this.pool = pool;
        this.threshold = configuration.wrongCodes().alertThresholdPerMinute();
        this.budget = configuration.wrongCodes().maxGuessWeightPerDay();
        metrics.gauge("pairing.brake.closed", closed, state -> state.get() == null ? 0 : 1);
    }

    /** Returns the time until it opens, if it was found closed a short time ago; asks nothing. */
    Optional<Duration> lastKnownWait() {
        return Optional.ofNullable(closed.get())
                .filter(state -> state.age().compareTo(MAX_CACHE_AGE) < 0)
                .map(state -> state.opensIn().minus(state.age()))
                .filter(wait -> wait.toMillis() > 0);
    }

    /** Returns the time until it opens; absent if it is open. Then other unknown addresses wait until the transaction ends. */
    Uni<Optional<Duration>> retryAfter(Mutiny.Session session) {
        return session.createNativeQuery(LOCK, String.class)
                .getSingleResult()
                .chain(() -> session.createNativeQuery(IN_SESSION, Long.class)
                        .setParameter("threshold", threshold)
                        .setParameter("budget", budget)
                        .getSingleResult())
                .map(this::found);
    }

    /** Counts a wrong code of an unknown address, if the transaction commits. */
    Uni<Void> record(Mutiny.Session session) {
        return session.createNativeQuery(RECORD).executeUpdate().replaceWithVoid();
    }

    /** Deletes the guesses that no longer count. */
    Uni<Void> deleteExpired() {
        return pool.query(DELETE_EXPIRED).execute().replaceWithVoid();
    }

    @Scheduled(every = "5s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> check() {
        return pool.preparedQuery(WITHOUT_SESSION)
                .execute(Tuple.of(threshold, budget))
                .map(rows -> rows.iterator().next().getLong(0))
                .map(this::found)
                .replaceWithVoid();
    }

    private Optional<Duration> found(long seconds) {
        Optional<Duration> wait = Optional.of(Duration.ofSeconds(seconds)).filter(time -> !time.isZero());
        Closed before = closed.getAndSet(
                wait.map(time -> new Closed(time, System.nanoTime())).orElse(null));
        if (before == null && wait.isPresent()) {
            LOG.errorf(
                    "Too many wrong pairing codes, only addresses with a recent pairing are accepted: retryInSeconds=%d",
                    seconds);
        }
        return wait;
    }
}
