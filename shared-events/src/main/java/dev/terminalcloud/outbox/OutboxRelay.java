package dev.terminalcloud.outbox;

import dev.terminalcloud.outbox.OutboxTable.LeaseState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Carries the outbox to Kafka, oldest first, one relay at a time across all replicas.
 *
 * <p>It is woken after each commit and looks by itself every second. At least once: a row is deleted only after Kafka
 * has it, so a crash in between publishes it again with the same event id. What can't be sent holds back only the rows
 * behind it in its own lane.
 *
 * <p>Compacted topics are one replica's turn, which it keeps: a relay that follows another one has to fence it first, which
 * takes longer than many batches. The others call it for what they find.
 */
@ApplicationScoped
class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int BATCH = 500;
    private static final Duration LEASE_RELEASE_TIMEOUT = Duration.ofSeconds(1);
    private static final long RETRY_LOCK_MILLIS = 5;
    private static final long RETRY_FAILURE_MILLIS = 500;

    private enum BatchResult {
        EMPTY,
        MORE,
        LOCKED_BY_ANOTHER_REPLICA,
        FAILED
    }

    private final AtomicInteger wakes = new AtomicInteger();
    private final UUID relay = UUID.randomUUID();
    private final Vertx vertx;
    private final Pool pool;
    private final OutboxTable table;
    private final RelayProducer producer;
    private final LeaderNotifications leaderNotifications;
    private final Counter published;
    private final Counter failures;
    private volatile Set<String> blockedKeys = Set.of();
    private volatile boolean hasLease;
    private volatile boolean stopping;

    OutboxRelay(
            Vertx vertx,
            Pool pool,
            OutboxTable table,
            RelayProducer producer,
            LeaderNotifications leaderNotifications,
            MeterRegistry metrics) {
        this.vertx = vertx;
        this.pool = pool;
        this.table = table;
        this.producer = producer;
        this.leaderNotifications = leaderNotifications;
        this.published = metrics.counter("outbox.events.published");
        this.failures = metrics.counter("outbox.publish.failures");
    }

    /** There is something to publish. Any thread; returns at once. */
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            vertx.runOnContext(this::publishBatch);
        }
    }

    /** Finds what a crash, a failure or another replica left behind, and tries lanes that were held back again. */
    @Scheduled(every = "1s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void sweep() {
        blockedKeys = Set.of();
        wake();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        if (hasLease) {
            table.releaseLease(pool, relay)
                    .onFailure()
                    .invoke(failure -> LOG.infof("another replica waits for the end of this one's turn: %s", failure))
                    .onFailure()
                    .recoverWithNull()
                    .await()
                    .atMost(LEASE_RELEASE_TIMEOUT);
        }
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
            case EMPTY -> goIdle(seen);
        }
    }

    private void goIdle(int seen) {
        if (!wakes.compareAndSet(seen, 0)) {
            vertx.runOnContext(this::publishBatch);
        }
    }

    private BatchResult failed(Throwable failure) {
        if (!stopping) {
            failures.increment();
            LOG.warnf("the outbox could not be published and is tried again: reason=%s", failure);
        }
        return BatchResult.FAILED;
    }

    private Uni<BatchResult> publishOldest(SqlConnection connection) {
        return table.tryLock(connection)
                .chain(locked -> locked
                        ? table.oldest(connection, blockedKeys, BATCH).chain(rows -> publish(connection, rows))
                        : Uni.createFrom().item(BatchResult.LOCKED_BY_ANOTHER_REPLICA));
    }

    private Uni<BatchResult> publish(SqlConnection connection, List<OutboxRow> rows) {
        if (!hasLease && rows.stream().noneMatch(OutboxRow::isForCompactedTopic)) {
            return send(connection, rows);
        }
        return table.acquireLease(connection, relay).chain(turn -> {
            hasLease = turn != LeaseState.HELD_BY_ANOTHER_REPLICA;
            if (!hasLease) {
                return sendNonCompacted(connection, rows);
            }
            leaderNotifications.listen(relay, this::wake);
            return fenced(connection, rows, turn == LeaseState.TAKEN_OVER).chain(fenced -> send(connection, fenced));
        });
    }

    private Uni<BatchResult> sendNonCompacted(SqlConnection connection, List<OutboxRow> rows) {
        List<OutboxRow> ordinary =
                rows.stream().filter(row -> !row.isForCompactedTopic()).toList();
        Uni<BatchResult> sent = send(connection, ordinary);
        return ordinary.size() == rows.size() ? sent : sent.call(() -> LeaderNotifications.notifyLeader(connection));
    }

    /**
     * The oldest rows as they are once no other replica can send to compacted topics any more. What was read before that may be old: if
     * this process stood still in between, another has sent it and newer state. Then the lock is lost too, and reading again fails.
     */
    private Uni<List<OutboxRow>> fenced(SqlConnection connection, List<OutboxRow> rows, boolean takenOver) {
        if (!takenOver && rows.stream().noneMatch(OutboxRow::isForCompactedTopic)) {
            return Uni.createFrom().item(rows);
        }
        return producer.fence(takenOver)
                .chain(hasFenced -> hasFenced
                        ? table.oldest(connection, blockedKeys, BATCH)
                        : Uni.createFrom().item(rows));
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
        published.increment(sent.size());
        if (sent.size() == rows.size()) {
            return rows.size() == BATCH ? BatchResult.MORE : BatchResult.EMPTY;
        }
        failures.increment(rows.size() - sent.size());
        Set<String> held = new HashSet<>(blockedKeys);
        rows.stream()
                .filter(row -> !sent.contains(row.position()))
                .map(OutboxRow::orderingKey)
                .forEach(held::add);
        blockedKeys = Set.copyOf(held);
        return BatchResult.MORE;
    }
}
