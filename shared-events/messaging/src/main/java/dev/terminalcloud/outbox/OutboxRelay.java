package dev.terminalcloud.outbox;

import dev.terminalcloud.outbox.OutboxTable.LeaseState;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Relay that publishes what {@link CommittedEvents} does not: rows for compacted topics, and rows that a crash or a failure left behind.
 * Oldest row first, one relay at a time across all replicas.
 *
 * <p>A commit with a row for a compacted topic wakes it, and it sweeps the table every second. When Kafka has failed, and at the start, it
 * is behind: it publishes all rows until the table is empty, and commits publish nothing themselves meanwhile.
 *
 * <p>At least once: it deletes a row only after Kafka has acknowledged it, so a crash in between publishes the row again with the same event
 * id. A row that can't be sent blocks only the rows behind it with the same ordering key.
 *
 * <p>Only the leader, which holds a lease, sends to compacted topics: a relay that takes over has to fence its predecessor
 * first, which takes longer than many batches. The other replicas notify the leader of the rows that they find.
 */
@ApplicationScoped
class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int BATCH = 500;

    /** A row of this age was left behind. One that is only slow is published twice. */
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(2);

    private static final long RETRY_LOCK_MILLIS = 5;
    private static final long RETRY_FAILURE_MILLIS = 500;

    private enum BatchResult {
        EMPTY,
        MORE,
        LOCKED_BY_ANOTHER_REPLICA,
        FAILED
    }

    private final AtomicInteger wakes = new AtomicInteger();
    private final Vertx vertx;
    private final Pool pool;
    private final OutboxTable table;
    private final OutboxProducer producer;
    private final RelayLease lease;
    private final OutboxMetrics metrics;
    private volatile Set<String> blockedKeys = Set.of();
    private volatile boolean behind = true;
    private volatile boolean catchingUp;
    private volatile boolean stopping;

    OutboxRelay(
            Vertx vertx,
            Pool pool,
            OutboxTable table,
            OutboxProducer producer,
            RelayLease lease,
            OutboxMetrics metrics) {
        this.vertx = vertx;
        this.pool = pool;
        this.table = table;
        this.producer = producer;
        this.lease = lease;
        this.metrics = metrics;
    }

    /** Wakes the relay to publish new rows. Safe for any thread; returns at once. */
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            vertx.runOnContext(this::publishBatch);
        }
    }

    /** Returns true while rows wait that events committed now must not overtake. */
    boolean isBehind() {
        return behind;
    }

    /** Lets the relay publish all rows until none waits: one could not be sent. */
    void fallBehind() {
        behind = true;
        wake();
    }

    /**
     * Finds the rows that a crash, a failure or another replica left behind, and retries blocked ordering keys. The leader renews its lease
     * with it. It begins a transaction only if there is a row, if the lease is lost, or if the table can't be read.
     */
    @Scheduled(every = "1s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        blockedKeys = Set.of();
        Uni<Boolean> isAtRest =
                lease.isHeld() ? lease.renewIfEmpty() : table.hasRows(pool).map(hasRows -> !hasRows);
        return isAtRest.onFailure()
                .recoverWithItem(false)
                .invoke(atRest -> {
                    if (!atRest) {
                        wake();
                    }
                })
                .replaceWithVoid();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        lease.release();
    }

    private void publishBatch() {
        int seen = wakes.get();
        pool.withTransaction(this::publishOldest)
                .onFailure()
                .recoverWithItem(this::failed)
                .subscribe()
                .with(round -> next(round, seen));
    }

    private void next(BatchResult round, int seen) {
        if (stopping) {
            return;
        }
        switch (round) {
            case MORE -> vertx.runOnContext(this::publishBatch);
            case LOCKED_BY_ANOTHER_REPLICA -> vertx.setTimer(RETRY_LOCK_MILLIS, timer -> publishBatch());
            case FAILED -> vertx.setTimer(RETRY_FAILURE_MILLIS, timer -> publishBatch());
            case EMPTY -> caughtUp(seen);
        }
    }

    /** Looks again, for rows of commits that saw the relay behind. */
    private void caughtUp(int seen) {
        catchingUp = behind;
        behind = false;
        if (catchingUp) {
            vertx.runOnContext(this::publishBatch);
        } else {
            goIdle(seen);
        }
    }

    private void goIdle(int seen) {
        if (!wakes.compareAndSet(seen, 0)) {
            vertx.runOnContext(this::publishBatch);
        }
    }

    private BatchResult failed(Throwable failure) {
        if (!stopping) {
            metrics.recordFailure();
            LOG.warnf("Failed to publish the outbox, retrying: reason=%s", failure);
        }
        return BatchResult.FAILED;
    }

    private Uni<BatchResult> publishOldest(SqlConnection connection) {
        return table.tryLock(connection)
                .chain(locked -> locked
                        ? oldest(connection).chain(rows -> publish(connection, rows))
                        : Uni.createFrom().item(BatchResult.LOCKED_BY_ANOTHER_REPLICA));
    }

    private Uni<List<OutboxRow>> oldest(SqlConnection connection) {
        return table.oldest(connection, blockedKeys, BATCH, behind || catchingUp ? Duration.ZERO : LEFT_BEHIND);
    }

    private Uni<BatchResult> publish(SqlConnection connection, List<OutboxRow> rows) {
        if (!lease.isHeld() && OutboxRow.compacted(rows).isEmpty()) {
            return send(connection, rows);
        }
        return lease.acquire(connection, this::wake)
                .chain(state -> state == LeaseState.HELD_BY_ANOTHER_REPLICA
                        ? sendNonCompacted(connection, rows)
                        : fenced(connection, rows, state == LeaseState.TAKEN_OVER)
                                .chain(fenced -> send(connection, fenced)));
    }

    private Uni<BatchResult> sendNonCompacted(SqlConnection connection, List<OutboxRow> rows) {
        List<OutboxRow> ordinary = OutboxRow.ordinary(rows);
        Uni<BatchResult> sent = send(connection, ordinary);
        return ordinary.size() == rows.size() ? sent : sent.call(() -> table.notifyHolder(connection));
    }

    /**
     * Returns the oldest rows, read when no other replica can send to compacted topics any longer. Rows that were read before may be
     * outdated: if this process was paused in between, another replica may have sent them and newer state. Then the lock is lost too, and
     * reading again fails.
     */
    private Uni<List<OutboxRow>> fenced(SqlConnection connection, List<OutboxRow> rows, boolean takenOver) {
        if (!takenOver && OutboxRow.compacted(rows).isEmpty()) {
            return Uni.createFrom().item(rows);
        }
        return producer.fence(takenOver)
                .chain(hasFenced ->
                        hasFenced ? oldest(connection) : Uni.createFrom().item(rows));
    }

    private Uni<BatchResult> send(SqlConnection connection, List<OutboxRow> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().item(BatchResult.EMPTY);
        }
        return producer.send(rows)
                .call(sent -> table.delete(connection, List.copyOf(sent)))
                .map(sent -> recordResult(rows, sent));
    }

    private BatchResult recordResult(List<OutboxRow> rows, Set<Long> sent) {
        metrics.recordAttempt(sent.size(), rows.size() - sent.size());
        if (sent.size() == rows.size()) {
            return rows.size() == BATCH ? BatchResult.MORE : BatchResult.EMPTY;
        }
        Set<String> held = new HashSet<>(blockedKeys);
        rows.stream()
                .filter(row -> !sent.contains(row.position()))
                .map(OutboxRow::orderingKey)
                .forEach(held::add);
        blockedKeys = Set.copyOf(held);
        return BatchResult.MORE;
    }
}
