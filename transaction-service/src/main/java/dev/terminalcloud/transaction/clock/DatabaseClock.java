package dev.terminalcloud.transaction.clock;

import dev.terminalcloud.servicestart.ServiceStarted;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * The database's time of day, estimated without a query per reading. Timestamps of all replicas agree with each other and with the
 * decisions of the database, however wrong the replicas' own clocks are.
 *
 * <p>It queries the database every five seconds; in between, time advances by this process's monotonic clock. The error of a sample is at
 * most half of the round trip (F. Cristian, <i>Probabilistic clock synchronization</i>, Distributed Computing 3, 1989), and the most
 * certain sample counts. So the clock may go back by that much, and further if the database's own clock does. Until the first sample,
 * which the start of the service waits for, it is the process's own clock.
 *
 * <p>Safe for any thread.
 */
@Singleton
public class DatabaseClock extends Clock {
    private static final Logger LOG = Logger.getLogger(DatabaseClock.class);
    private static final String TIME = "select clock_timestamp()";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;
    private final ZoneId zone;
    private final Clock own;
    private final AtomicReference<ClockSample> best;

    @Inject
    DatabaseClock(Pool pool) {
        this(pool, ZoneOffset.UTC, Clock.systemUTC(), new AtomicReference<>());
    }

    private DatabaseClock(Pool pool, ZoneId zone, Clock own, AtomicReference<ClockSample> best) {
        this.pool = pool;
        this.zone = zone;
        this.own = own;
        this.best = best;
    }

    @Override
    public Instant instant() {
        ClockSample known = best.get();
        return known == null ? own.instant() : known.at(System.nanoTime());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new DatabaseClock(pool, other, own, best);
    }

    /** Takes the first sample before the service applies events and accepts requests; blocks for up to ten seconds. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ServiceStarted event) {
        try {
            sample().await().atMost(START_TIMEOUT);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "Failed to read the database clock, using the local clock until it succeeds: reason=%s",
                    e.getMessage());
        }
    }

    @Scheduled(
            every = "5s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sample() {
        return pool.withConnection(this::sample)
                .invoke(newer -> best.accumulateAndGet(newer, DatabaseClock::moreCertain))
                .replaceWithVoid();
    }

    /** Samples on an open connection, so that the wait for a connection does not count as a part of the round trip. */
    private Uni<ClockSample> sample(SqlConnection connection) {
        return Uni.createFrom().deferred(() -> {
            long askedNanos = System.nanoTime();
            return connection
                    .query(TIME)
                    .execute()
                    .map(rows ->
                            rows.iterator().next().get(OffsetDateTime.class, 0).toInstant())
                    .map(answer -> ClockSample.of(answer, askedNanos, System.nanoTime()));
        });
    }

    private static ClockSample moreCertain(ClockSample known, ClockSample newer) {
        return known == null ? newer : ClockSample.moreCertain(known, newer);
    }
}
