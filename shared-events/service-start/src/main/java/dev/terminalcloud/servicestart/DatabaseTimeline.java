package dev.terminalcloud.servicestart;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * The timeline of PostgreSQL at the start of the service, as the gauge {@code database.timeline}. It grows with each restore and each
 * failover, after which the newest commits may be missing.
 */
@ApplicationScoped
class DatabaseTimeline {
    private static final Logger LOG = Logger.getLogger(DatabaseTimeline.class);

    /** The first eight digits of the name of a file of the log. */
    private static final String TIMELINE =
            "select cast(cast('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8) as bit(32)) as bigint)";

    private final Pool pool;
    private final MeterRegistry metrics;
    private final AtomicLong timeline = new AtomicLong();

    DatabaseTimeline(Pool pool, MeterRegistry metrics) {
        this.pool = pool;
        this.metrics = metrics;
    }

    void read(@Observes ServiceStarted event) {
        pool.query(TIMELINE)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))
                .subscribe()
                .with(
                        this::publish,
                        failure -> LOG.warnf("Failed to read the timeline of the database: reason=%s", failure));
    }

    private void publish(long newest) {
        timeline.set(newest);
        metrics.gauge("database.timeline", timeline);
    }
}
