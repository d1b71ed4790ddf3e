package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.network.TokenBucket;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Rate limiter that all replicas share, for registers with a high rate: it counts in the database, by its clock. */
@ApplicationScoped
class SharedRateLimiter {
    /** The bucket as one statement: of two that run at once the second waits for the first and sees what it took. */
    private static final String TRY_ACQUIRE =
            """
            insert into start_rate_limit as stored (vendor_name, register_id, replenished_at)
            values ($1, $2, clock_timestamp() + make_interval(secs => $3))
            on conflict (vendor_name, register_id) do update
            set replenished_at = greatest(stored.replenished_at, clock_timestamp()) + make_interval(secs => $3)
            where stored.replenished_at <= clock_timestamp() + make_interval(secs => $4)
            """;

    private static final String DELETE_REPLENISHED = "delete from start_rate_limit where replenished_at < now()";

    private final Pool pool;

    SharedRateLimiter(Pool pool) {
        this.pool = pool;
    }

    /** Takes a token from the register's bucket; returns false if it has none. */
    Uni<Boolean> tryAcquire(String vendorName, String registerId, TokenBucket bucket) {
        return pool.preparedQuery(TRY_ACQUIRE)
                .execute(Tuple.of(
                        vendorName, registerId, seconds(bucket.refillInterval()), seconds(bucket.burstTolerance())))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Deletes the registers whose buckets are full, each minute, on any replica. */
    @Scheduled(every = "1m", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> deleteReplenished() {
        return pool.query(DELETE_REPLENISHED).execute().replaceWithVoid();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
