package dev.terminalcloud.transaction.table;

import dev.terminalcloud.retention.BatchedCleanup;
import dev.terminalcloud.transaction.callbackqueue.CallbackQueue;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;

/** Replaces and erases polling tokens, with what is of no use without them. */
final class TransactionAccess {
    /** Locks the rows in one order. */
    private static final String RENEW =
            """
            update transaction set access_token = gen_random_uuid(), access_token_issued_at = now(), access_erased_at = null
            where id in (
                select id from transaction
                where id = any ($1)
                  and (access_erased_at is not null
                    or coalesce(access_token_issued_at, created_at) < now() - make_interval(secs => $2))
                order by id for update)
            """;

    /** Also erases the prompts of transactions that a replica of an older release has completed. */
    private static final String ERASE_EXPIRED =
            """
            update transaction set
                access_token = gen_random_uuid(), callback_url = null, prompt = null, access_erased_at = now()
            where id in (
                select t.id from transaction t
                where t.phase = 'COMPLETED' and t.access_erased_at is null
                  and t.created_at < now() - make_interval(secs => $1)
                  and coalesce(t.access_token_issued_at, t.created_at) < now() - make_interval(secs => $1)
                  and not %s
                limit $2 for update of t skip locked)
            """
                    .formatted(CallbackQueue.pendingCondition("t.id"));

    private TransactionAccess() {}

    static Uni<Void> renew(Pool pool, Collection<UUID> ids, Duration maxAge) {
        return pool.preparedQuery(RENEW)
                .execute(Tuple.of(ids.toArray(UUID[]::new), (double) maxAge.toSeconds()))
                .replaceWithVoid();
    }

    static Uni<Integer> eraseExpired(Pool pool, Duration age) {
        return BatchedCleanup.removeOlder(pool, ERASE_EXPIRED, age);
    }
}
