package dev.terminalcloud.outbox;

import io.smallrye.mutiny.Uni;
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

    private static final String TAKE_OVER =
            "update outbox_relay set holder = $1 where holder is distinct from $1 returning holder";

    Uni<Boolean> tryLock(SqlConnection connection) {
        return connection.preparedQuery(TRY_LOCK).execute(Tuple.of(LOCK)).map(rows -> rows.iterator()
                .next()
                .getBoolean("locked"));
    }

    Uni<List<OutboxRow>> oldest(SqlConnection connection, Set<String> heldBackLanes, int limit) {
        return connection
                .preparedQuery(OLDEST)
                .execute(Tuple.of(heldBackLanes.toArray(String[]::new), limit))
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

    /** True if another replica sent to compacted topics since this one did last. */
    Uni<Boolean> takeOver(SqlConnection connection, UUID relay) {
        return connection.preparedQuery(TAKE_OVER).execute(Tuple.of(relay)).map(rows -> rows.rowCount() > 0);
    }
}
