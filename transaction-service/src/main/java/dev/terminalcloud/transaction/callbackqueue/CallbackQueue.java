package dev.terminalcloud.transaction.callback;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Statements about the callbacks that wait for their next attempt. */
@ApplicationScoped
class CallbackTable {
    /** Takes the due callbacks for longer than an attempt can last: if this replica dies, another one takes over. */
    private static final String TAKE_DUE =
            """
            update callback set attempts = attempts + 1, next_attempt_at = now() + interval '30 seconds'
            where transaction_id in (
                select transaction_id from callback where next_attempt_at <= now()
                order by next_attempt_at limit $1 for update skip locked)
            returning transaction_id, attempts
            """;

    private static final String RESCHEDULE =
            "update callback set next_attempt_at = now() + $2::bigint * interval '1 second' where transaction_id = $1";

    private static final String REMOVE = "delete from callback where transaction_id = $1";

    /**
     * A callback whose attempt is in progress.
     *
     * @param attempts the number of attempts, this one included
     */
    record DueCallback(UUID transactionId, int attempts) {
        static DueCallback of(Row row) {
            return new DueCallback(row.getUUID("transaction_id"), row.getInteger("attempts"));
        }
    }

    private final Pool pool;

    CallbackTable(Pool pool) {
        this.pool = pool;
    }

    Uni<List<DueCallback>> takeDue(int limit) {
        return pool.preparedQuery(TAKE_DUE)
                .mapping(DueCallback::of)
                .execute(Tuple.of(limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    Uni<Void> reschedule(DueCallback due, Duration wait) {
        return pool.preparedQuery(RESCHEDULE)
                .execute(Tuple.of(due.transactionId(), wait.toSeconds()))
                .replaceWithVoid();
    }

    Uni<Void> remove(DueCallback due) {
        return pool.preparedQuery(REMOVE).execute(Tuple.of(due.transactionId())).replaceWithVoid();
    }
}
