package dev.terminalcloud.transaction.servicelevel;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The durations that all replicas have measured, by the minute of the database's clock. They are kept for twice the window. */
@ApplicationScoped
class ServiceLevelTable {
    /** Time that {@code GET /POS/Status} looks back. */
    static final Duration WINDOW = Duration.ofHours(1);

    /** Time that decides whether the service level is met now. */
    static final Duration RECENT = Duration.ofMinutes(5);

    /** Locks rows in the same order on every replica. */
    private static final String ADD =
            """
            with expired as (
                delete from service_level where (minute, phase, bucket) in (
                    select minute, phase, bucket from service_level
                    where minute < now() - make_interval(secs => $2) for update skip locked))
            insert into service_level (minute, phase, bucket, samples)
            select date_trunc('minute', now()), phase, bucket, samples
            from json_to_recordset(cast(cast($1 as text) as json)) as r(phase text, bucket smallint, samples bigint)
            order by phase, bucket
            on conflict (minute, phase, bucket) do update set samples = service_level.samples + excluded.samples
            """;

    private static final String FIND =
            """
            select phase, bucket, cast(sum(samples) as bigint),
                cast(coalesce(sum(samples) filter (where minute > now() - make_interval(secs => $2)), 0) as bigint)
            from service_level where minute > now() - make_interval(secs => $1)
            group by phase, bucket
            """;

    private final Pool pool;

    ServiceLevelTable(Pool pool) {
        this.pool = pool;
    }

    /**
     * The durations of one phase.
     *
     * @param all those of the {@link #WINDOW}
     * @param recent those of the last {@link #RECENT}
     */
    record Measured(Distribution all, Distribution recent) {
        static final Measured NONE = new Measured(Distribution.EMPTY, Distribution.EMPTY);
    }

    /** Adds samples by phase and bucket. */
    Uni<Void> add(Map<MeasuredPhase, Map<Integer, Long>> samples) {
        JsonArray rows = new JsonArray();
        samples.forEach((phase, counts) -> counts.forEach((bucket, count) -> rows.add(new JsonObject()
                .put("phase", phase.name())
                .put("bucket", bucket)
                .put("samples", count))));
        return pool.preparedQuery(ADD)
                .execute(Tuple.of(rows.encode(), seconds(WINDOW.multipliedBy(2))))
                .replaceWithVoid();
    }

    /** Finds the durations of each phase that has any. */
    Uni<Map<MeasuredPhase, Measured>> find() {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(seconds(WINDOW), seconds(RECENT)))
                .map(ServiceLevelTable::byPhase);
    }

    private static Map<MeasuredPhase, Measured> byPhase(RowSet<Row> rows) {
        Map<MeasuredPhase, NavigableMap<Integer, Long>> all = new EnumMap<>(MeasuredPhase.class);
        Map<MeasuredPhase, NavigableMap<Integer, Long>> recent = new EnumMap<>(MeasuredPhase.class);
        rows.forEach(row -> {
            MeasuredPhase phase = MeasuredPhase.valueOf(row.getString(0));
            int bucket = row.getInteger(1);
            all.computeIfAbsent(phase, added -> new TreeMap<>()).put(bucket, row.getLong(2));
            recent.computeIfAbsent(phase, added -> new TreeMap<>()).put(bucket, row.getLong(3));
        });
        Map<MeasuredPhase, Measured> measured = new EnumMap<>(MeasuredPhase.class);
        all.forEach((phase, samples) ->
                measured.put(phase, new Measured(new Distribution(samples), new Distribution(recent.get(phase)))));
        return measured;
    }

    private static double seconds(Duration duration) {
        return duration.toSeconds();
    }
}
