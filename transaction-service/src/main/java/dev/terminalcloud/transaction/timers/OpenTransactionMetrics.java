package dev.terminalcloud.transaction.timers;

import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.ResolutionStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Metrics of the transactions that have not ended: the gauges {@code transaction.oldest.age} (seconds since the intake
 * of the oldest, 0 without one) for each {@code stage}, and {@code transaction.unresolved}, the number that needs
 * manual resolution.
 */
@Startup
@ApplicationScoped
class OpenTransactionMetrics {
    private enum Stage {
        QUEUED,
        /** Started and not delayed. */
        RUNNING,
        /** Delayed, while its device may still report. */
        DELAYED,
        /** Only an operator can resolve it. */
        UNRESOLVED
    }

    private static final String OLDEST =
            """
            select stage, count(*) as open, cast(extract(epoch from now() - min(created_at)) * 1000 as bigint) as age_millis
            from (
                select created_at, case %s
                    when 'QUEUED' then 'QUEUED'
                    when 'RUNNING' then 'RUNNING'
                    when 'NEVER_SEEN' then 'UNRESOLVED'
                    when 'REPORT_UNREADABLE' then 'UNRESOLVED'
                    when 'REVOKED' then 'UNRESOLVED'
                    when 'DEVICE_UNRESPONSIVE' then 'UNRESOLVED'
                    else 'DELAYED' end as stage
                from transaction_overview t where phase <> 'COMPLETED') stages
            group by stage
            """
                    .formatted(ResolutionStatus.sql("$1"));

    private final Map<Stage, AtomicLong> ages = new EnumMap<>(Stage.class);
    private final AtomicLong unresolved = new AtomicLong();
    private final Pool pool;
    private final TransactionConfiguration config;

    OpenTransactionMetrics(Pool pool, TransactionConfiguration config, MeterRegistry metrics) {
        this.pool = pool;
        this.config = config;
        for (Stage stage : Stage.values()) {
            AtomicLong age = new AtomicLong();
            ages.put(stage, age);
            TimeGauge.builder("transaction.oldest.age", age, TimeUnit.MILLISECONDS, AtomicLong::get)
                    .tag("stage", stage.name().toLowerCase(Locale.ROOT))
                    .register(metrics);
        }
        metrics.gauge("transaction.unresolved", unresolved);
    }

    @Scheduled(every = "5s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> measure() {
        return pool.preparedQuery(OLDEST)
                .execute(Tuple.of(config.manualResolutionAfter().toSeconds()))
                .invoke(this::set)
                .replaceWithVoid();
    }

    private void set(RowSet<Row> rows) {
        Map<Stage, Row> found = new EnumMap<>(Stage.class);
        rows.forEach(row -> found.put(Stage.valueOf(row.getString("stage")), row));
        ages.forEach((stage, age) ->
                age.set(found.containsKey(stage) ? found.get(stage).getLong("age_millis") : 0));
        Row oldest = found.get(Stage.UNRESOLVED);
        unresolved.set(oldest == null ? 0 : oldest.getLong("open"));
    }
}
