package dev.terminalcloud.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Rows of the outbox that Kafka has acknowledged. They are deleted soon, those of many transactions by one statement. A row that a crash
 * leaves behind is published again, with the same event id. Thread-safe.
 */
@ApplicationScoped
class PublishedRows {
    private static final Logger LOG = Logger.getLogger(PublishedRows.class);

    /** Well below the age at which the relay takes a row for one that was left behind. */
    private static final long DELAY_MILLIS = 250;

    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(1);

    private final ConcurrentLinkedQueue<Long> positions = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Vertx vertx;
    private final Pool pool;
    private final OutboxTable table;

    PublishedRows(Vertx vertx, Pool pool, OutboxTable table) {
        this.vertx = vertx;
        this.pool = pool;
        this.table = table;
    }

    /** Deletes the rows within a second, or later if the database is not available. Returns at once. */
    void delete(Collection<Long> published) {
        positions.addAll(published);
        if (!positions.isEmpty() && scheduled.compareAndSet(false, true)) {
            vertx.setTimer(DELAY_MILLIS, timer -> deleteAll().subscribe().with(done -> deleted()));
        }
    }

    /** Those that are published meanwhile wait for the next statement. */
    private void deleted() {
        scheduled.set(false);
        delete(List.of());
    }

    private Uni<Void> deleteAll() {
        List<Long> taken = new ArrayList<>();
        for (Long position = positions.poll(); position != null; position = positions.poll()) {
            taken.add(position);
        }
        return table.delete(pool, taken).onFailure().recoverWithItem(failure -> {
            LOG.debugf("Failed to delete published rows of the outbox, retrying: reason=%s", failure);
            positions.addAll(taken);
            return null;
        });
    }

    void stop(@Observes ShutdownEvent event) {
        deleteAll()
                .ifNoItem()
                .after(SHUTDOWN_TIMEOUT)
                .recoverWithItem((Void) null)
                .await()
                .atMost(SHUTDOWN_TIMEOUT.plus(SHUTDOWN_TIMEOUT));
    }
}
