package dev.terminalcloud.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Removal of expired data in batches, each a short database transaction that skips rows which others have locked. So a large
 * backlog blocks nobody, and replicas share it. The counter {@code retention.rows.removed} has the label {@code data}.
 */
@ApplicationScoped
public class BatchedCleanup {
    /** Maximum number of rows of a batch. */
    public static final int BATCH_SIZE = 1_000;

    private static final String COUNTER = "retention.rows.removed";

    private final MeterRegistry metrics;

    BatchedCleanup(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /**
     * Repeats the batch until it finds fewer than {@link #BATCH_SIZE} rows, one batch after the other.
     *
     * @param batch removes at most that many rows and returns their number
     * @return fails when a batch fails; the batches before it stay removed
     */
    public Uni<Void> run(ExpiredData data, Supplier<Uni<Integer>> batch) {
        Counter removed = metrics.counter(COUNTER, "data", data.name().toLowerCase(Locale.ROOT));
        return Uni.createFrom()
                .<Integer>deferred(batch::get)
                .invoke(rows -> removed.increment(rows))
                .repeat()
                .whilst(rows -> rows == BATCH_SIZE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /**
     * Executes the statement of one batch.
     *
     * @param statement removes what is older than {@code $1}, in seconds, from at most {@code $2} rows
     * @return the number of rows that it has changed
     */
    public static Uni<Integer> removeOlder(Pool pool, String statement, Duration age) {
        return pool.preparedQuery(statement)
                .execute(Tuple.of((double) age.toSeconds(), BATCH_SIZE))
                .map(rows -> rows.rowCount());
    }

    /**
     * Returns the retention.
     *
     * @throws IllegalArgumentException if it is shorter than the minimum; names the key
     */
    public static Duration checked(String key, Duration retention, Duration minimum) {
        if (retention.compareTo(minimum) < 0) {
            throw new IllegalArgumentException(
                    "%s must be at least %d days, was %s".formatted(key, minimum.toDays(), retention));
        }
        return retention;
    }
}
