package dev.terminalcloud.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The statements of the relay. All of them run in its one transaction. */
@ApplicationScoped
class OutboxTable {
    private static final long LOCK = 0x6F7574626F78L; // "outbox"

    /**
     * Only one relay of all replicas works at a time. One that hangs loses its connection, and so the lock, after ten
     * seconds. The lock belongs to the schema, so that services may share a database.
     */
    private static final String TRY_LOCK =
            """
            select pg_try_advisory_xact_lock(cast($1 as bigint) # hashtext(current_schema())) as locked,
                   set_config('idle_in_transaction_session_timeout', '10s', true)
            """;

    /** A statement of its own after the lock: its snapshot must show what the former holder deleted. */
    private static final String OLDEST =
            """
            select position, id, aggregatetype, aggregateid, partition, type, version, payload, created_at
            from outbox
            where not (aggregatetype || '/' || coalesce(partition::text, aggregateid) = any ($1))
            order by position
            limit $2
            """;

    private static final String DELETE = "delete from outbox where position = any ($1)";

    /** The row as it was before is joined, to tell who had the turn. */
    private static final String ACQUIRE_LEASE =
            """
            update outbox_relay set holder = $1, lease_expires_at = clock_timestamp() + interval '3 seconds'
            from outbox_relay before
            where outbox_relay.holder = $1 or outbox_relay.lease_expires_at < clock_timestamp()
            returning before.holder is distinct from $1 as taken_over
            """;

    private static final String RELEASE_LEASE =
            "update outbox_relay set lease_expires_at = '-infinity' where holder = $1 and lease_expires_at > clock_timestamp()";

    /** Whose turn it is to send to compacted topics. */
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

    Uni<List<OutboxRow>> oldest(SqlConnection connection, Set<String> blockedKeys, int limit) {
        return connection
                .preparedQuery(OLDEST)
                .execute(Tuple.of(blockedKeys.toArray(String[]::new), limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(OutboxRow::of)
                        .toList());
    }

    Uni<Void> delete(SqlConnection connection, List<Long> positions) {
        if (positions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(DELETE)
                .execute(Tuple.of(positions.toArray(Long[]::new)))
                .replaceWithVoid();
    }

    /** Takes or keeps the turn for three seconds, unless another replica has it; it must be kept meanwhile to be had for longer. */
    Uni<LeaseState> acquireLease(SqlConnection connection, UUID relay) {
        return connection.preparedQuery(ACQUIRE_LEASE).execute(Tuple.of(relay)).map(OutboxTable::leaseState);
    }

    /** Lets another replica have the turn at once. */
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
