package dev.terminalcloud.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** SQL statements of the relay. Those that get the pool run on their own, all others in the relay's transaction. */
@ApplicationScoped
class OutboxTable {
    private static final long LOCK = 0x6F7574626F78L; // "outbox"

    /**
     * Lets only one relay of all replicas work at a time. A relay that hangs loses its connection, and so the lock, after ten
     * seconds. The lock id includes the schema, so that services may share a database.
     */
    private static final String TRY_LOCK =
            """
            select pg_try_advisory_xact_lock(cast($1 as bigint) # hashtext(current_schema())) as locked,
                   set_config('idle_in_transaction_session_timeout', '10s', true)
            """;

    /**
     * A separate statement after the lock: its snapshot must include the deletions of the previous lock holder. Rows for compacted topics
     * are returned at any age.
     */
    private static final String OLDEST =
            """
            select position, id, aggregatetype, aggregateid, partition, type, version, payload, created_at, traceparent
            from outbox
            where not (aggregatetype || '/' || coalesce(partition::text, aggregateid) = any ($1))
            and (version is not null or created_at <= clock_timestamp() - $3 * interval '1 millisecond')
            order by position
            limit $2
            """;

    private static final String HAS_ROWS = "select exists (select from outbox)";

    private static final String DELETE = "delete from outbox where position = any ($1)";

    /** Joins the row's previous version, to know which replica held the lease. */
    private static final String ACQUIRE_LEASE =
            """
            update outbox_relay set holder = $1, lease_expires_at = clock_timestamp() + interval '3 seconds'
            from outbox_relay before
            where outbox_relay.holder = $1 or outbox_relay.lease_expires_at < clock_timestamp()
            returning before.holder is distinct from $1 as taken_over
            """;

    /** One statement instead of a transaction with four; changes nothing if there is a row to publish. */
    private static final String RENEW_LEASE_IF_EMPTY =
            """
            update outbox_relay set lease_expires_at = clock_timestamp() + interval '3 seconds'
            where holder = $1 and not exists (select from outbox)
            """;

    private static final String RELEASE_LEASE =
            "update outbox_relay set lease_expires_at = '-infinity' where holder = $1 and lease_expires_at > clock_timestamp()";

    /** State of the lease on sending to compacted topics. */
    enum LeaseState {
        KEPT,
        TAKEN_OVER,
        HELD_BY_ANOTHER_REPLICA
    }

    Uni<Boolean> tryLock(SqlConnection connection) {
        return connection.preparedQuery(TRY_LOCK).execute(Tuple.of(LOCK)).map(rows -> rows.iterator()
                .next()
                .getBoolean("locked"));
    }

    /** @param minAge how long a row for a topic that is not compacted must have been there */
    Uni<List<OutboxRow>> oldest(SqlConnection connection, Set<String> blockedKeys, int limit, Duration minAge) {
        return connection
                .preparedQuery(OLDEST)
                .execute(Tuple.of(blockedKeys.toArray(String[]::new), limit, (double) minAge.toMillis()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(OutboxRow::of)
                        .toList());
    }

    /** Returns whether any row is unpublished. */
    Uni<Boolean> hasRows(Pool pool) {
        return pool.query(HAS_ROWS).execute().map(rows -> rows.iterator().next().getBoolean(0));
    }

    Uni<Void> delete(SqlClient client, List<Long> positions) {
        if (positions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return client.preparedQuery(DELETE)
                .execute(Tuple.of(positions.toArray(Long[]::new)))
                .replaceWithVoid();
    }

    /** Acquires or renews the lease for three seconds, unless another replica holds it. Without renewal it expires. */
    Uni<LeaseState> acquireLease(SqlConnection connection, UUID relay) {
        return connection.preparedQuery(ACQUIRE_LEASE).execute(Tuple.of(relay)).map(OutboxTable::leaseState);
    }

    /** Renews this relay's lease for three seconds and returns true, unless another replica has taken it over, or any row is unpublished. */
    Uni<Boolean> renewLeaseIfEmpty(Pool pool, UUID relay) {
        return pool.preparedQuery(RENEW_LEASE_IF_EMPTY)
                .execute(Tuple.of(relay))
                .map(renewed -> renewed.rowCount() == 1);
    }

    /** Releases the lease, so that another replica can acquire it at once. */
    Uni<Void> releaseLease(Pool pool, UUID relay) {
        return pool.preparedQuery(RELEASE_LEASE).execute(Tuple.of(relay)).replaceWithVoid();
    }

    private static LeaseState leaseState(RowSet<Row> taken) {
        if (taken.rowCount() == 0) {
            return LeaseState.HELD_BY_ANOTHER_REPLICA;
        }
        return taken.iterator().next().getBoolean("taken_over") ? LeaseState.TAKEN_OVER : LeaseState.KEPT;
    }
}
