package dev.terminalcloud.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The backlog of the outbox, as the gauges {@code outbox.pending} (rows, up to 10,000) and {@code outbox.oldest.age} (seconds). */
@Startup
@ApplicationScoped
class OutboxBacklog {
    private static final String BACKLOG =
            """
            select count(*) as pending,
                   coalesce(cast(extract(epoch from now() - min(created_at)) * 1000 as bigint), 0) as age
            from (select created_at from outbox order by position limit 10000) oldest
            """;

    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong ageMillis = new AtomicLong();
    private final Pool pool;

    OutboxBacklog(Pool pool, MeterRegistry metrics) {
        this.pool = pool;
        metrics.gauge("outbox.pending", pending);
        TimeGauge.builder("outbox.oldest.age", ageMillis, TimeUnit.MILLISECONDS, AtomicLong::get)
                .register(metrics);
    }

    @Scheduled(every = "5s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> measure() {
        return pool.query(BACKLOG)
                .execute()
                .invoke(rows -> set(rows.iterator().next()))
                .replaceWithVoid();
    }

    private void set(Row row) {
        pending.set(row.getLong("pending"));
        ageMillis.set(row.getLong("age"));
    }
}
