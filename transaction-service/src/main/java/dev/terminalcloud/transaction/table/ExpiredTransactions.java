package dev.terminalcloud.transaction.table;

import dev.terminalcloud.retention.BatchedCleanup;
import dev.terminalcloud.transaction.callbackqueue.CallbackQueue;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;

/** Deletes completed transactions, and before that their idempotency keys; skips those that another replica has locked. */
final class ExpiredTransactions {
    private static final String DELETE_KEYS =
            """
            update transaction set idempotency_key_hash = null
            where id in (
                select id from transaction
                where idempotency_key_hash is not null and phase = 'COMPLETED'
                  and created_at < now() - make_interval(secs => $1)
                limit $2 for update skip locked)
            """;

    private static final String DELETE =
            """
            delete from transaction where id in (
                select t.id from transaction t
                where t.phase = 'COMPLETED' and t.created_at < now() - make_interval(secs => $1)
                  and not %s
                limit $2 for update of t skip locked)
            """
                    .formatted(CallbackQueue.pendingCondition("t.id"));

    private ExpiredTransactions() {}

    static Uni<Integer> deleteKeys(Pool pool, Duration age) {
        return BatchedCleanup.removeOlder(pool, DELETE_KEYS, age);
    }

    static Uni<Integer> delete(Pool pool, Duration age) {
        return BatchedCleanup.removeOlder(pool, DELETE, age);
    }
}
