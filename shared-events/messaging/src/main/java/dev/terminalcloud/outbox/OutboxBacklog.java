package dev.terminalcloud.outbox;

import dev.terminalcloud.outbox.OutboxTable.Backlog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The backlog of the outbox, as the gauges {@code outbox.pending} (rows, up to 10,000) and {@code outbox.oldest.age} (seconds). */
@Startup
@ApplicationScoped
class OutboxBacklog {
    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong ageMillis = new AtomicLong();
    private final Pool pool;
    private final OutboxTable table;

    OutboxBacklog(Pool pool, OutboxTable table, MeterRegistry metrics) {
        this.pool = pool;
        this.table = table;
        metrics.gauge("outbox.pending", pending);
        TimeGauge.builder("outbox.oldest.age", ageMillis, TimeUnit.MILLISECONDS, AtomicLong::get)
                .register(metrics);
    }

    @Scheduled(every = "5s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> measure() {
        return table.backlog(pool).invoke(this::set).replaceWithVoid();
    }

    private void set(Backlog backlog) {
        pending.set(backlog.rows());
        ageMillis.set(backlog.ageMillis());
    }
}
