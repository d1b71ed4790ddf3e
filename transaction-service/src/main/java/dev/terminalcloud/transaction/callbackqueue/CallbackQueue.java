package dev.terminalcloud.transaction.callbackqueue;

import dev.terminalcloud.database.Rows;
import dev.terminalcloud.outbox.BatchStatement;
import dev.terminalcloud.outbox.WriteTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The callbacks that wait for their first or next attempt. They are rows in the database, so they survive a restart and any replica can
 * take them. It knows nothing of transactions but their ids, so that the end of one can schedule its callback.
 */
@ApplicationScoped
public class CallbackQueue {
    private static final String SCHEDULE =
            "insert into callback (transaction_id) select unnest(cast(cast(:transactions as text[]) as uuid[]))";

    /** Takes the due callbacks for longer than an attempt can last: if this replica dies, another one takes over. */
    private static final String TAKE_DUE =
            """
            update callback set attempts = attempts + 1, next_attempt_at = now() + interval '30 seconds'
            where transaction_id in (
                select transaction_id from callback where next_attempt_at <= now()
                order by next_attempt_at limit $1 for update skip locked)
            returning transaction_id, attempts, clock_timestamp() as taken_at
            """;

    private static final String RESCHEDULE =
            "update callback set next_attempt_at = now() + $2::bigint * interval '1 second' where transaction_id = $1";

    private static final String PENDING = "select attempts, next_attempt_at from callback where transaction_id = $1";

    private static final String REMOVE = "delete from callback where transaction_id = $1";

    /**
     * A callback whose attempt is in progress.
     *
     * @param attempts the number of attempts, this one included
     * @param takenAt when this attempt began, by the database's clock
     */
    public record DueCallback(UUID transactionId, int attempts, Instant takenAt) {
        private static DueCallback of(Row row) {
            return new DueCallback(
                    row.getUUID("transaction_id"),
                    row.getInteger("attempts"),
                    row.getOffsetDateTime("taken_at").toInstant());
        }
    }

    /**
     * A callback that waits for its first or next attempt, or whose attempt is in progress.
     *
     * @param attempts the number of attempts, that in progress included
     * @param nextAttemptAt during an attempt: when another replica may take it over
     */
    public record PendingCallback(int attempts, Instant nextAttemptAt) {
        private static PendingCallback of(Row row) {
            return new PendingCallback(
                    row.getInteger("attempts"),
                    row.getOffsetDateTime("next_attempt_at").toInstant());
        }
    }

    private final BatchStatement<UUID> schedule = CallbackQueue::scheduleAll;
    private final Pool pool;

    CallbackQueue(Pool pool) {
        this.pool = pool;
    }

    /** Schedules the callback of a transaction, in the database transaction that ends it: its first attempt is due when that commits. */
    public void schedule(WriteTransaction write, UUID transactionId) {
        write.addBatch(schedule, transactionId);
    }

    private static Uni<Void> scheduleAll(Mutiny.Session session, List<UUID> transactionIds) {
        return session.createNativeQuery(SCHEDULE)
                .setParameter(
                        "transactions",
                        transactionIds.stream().map(UUID::toString).toArray(String[]::new))
                .executeUpdate()
                .replaceWithVoid();
    }

    /**
     * Returns the SQL condition that the callback of a transaction is still to be sent, for a statement of another table.
     *
     * @param transactionId the SQL expression of the transaction's id
     */
    public static String pendingCondition(String transactionId) {
        return "exists (select from callback c where c.transaction_id = %s)".formatted(transactionId);
    }

    /** Finds the callback of a transaction; absent if none is still to be sent. */
    public Uni<Optional<PendingCallback>> find(UUID transactionId) {
        return pool.preparedQuery(PENDING)
                .mapping(PendingCallback::of)
                .execute(Tuple.of(transactionId))
                .map(rows -> Rows.list(rows).stream().findFirst());
    }

    /** Takes due callbacks, those first that have been due for longest. Another replica gets them if no attempt ends within 30 seconds. */
    public Uni<List<DueCallback>> takeDue(int limit) {
        return pool.preparedQuery(TAKE_DUE)
                .mapping(DueCallback::of)
                .execute(Tuple.of(limit))
                .map(Rows::list);
    }

    /** Puts a callback back after a failed attempt. */
    public Uni<Void> reschedule(DueCallback due, Duration wait) {
        return pool.preparedQuery(RESCHEDULE)
                .execute(Tuple.of(due.transactionId(), wait.toSeconds()))
                .replaceWithVoid();
    }

    /** Removes a callback that needs no further attempt. */
    public Uni<Void> remove(DueCallback due) {
        return pool.preparedQuery(REMOVE).execute(Tuple.of(due.transactionId())).replaceWithVoid();
    }
}
