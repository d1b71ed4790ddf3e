package dev.terminalcloud.outbox;

import dev.terminalcloud.database.SessionSql;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The tables {@code outbox} and {@code outbox_relay}: their only SQL statements. Those that get the pool run on their own, all others in
 * the transaction of the caller.
 */
@ApplicationScoped
class OutboxTable {
    private static final long LOCK = 0x6F7574626F78L; // "outbox"

    /**
     * Runs after all other statements of a transaction, so that the rows which it has locked determine the order of the positions. The age
     * of a row counts from now, not from the beginning of the transaction.
     */
    private static final String INSERT =
            """
            insert into outbox (id, aggregatetype, aggregateid, partition, type, version, payload, created_at,
                traceparent)
            select r.id, r.aggregatetype, r.aggregateid, r.partition, r.type, r.version, r.payload, clock_timestamp(),
                r.traceparent
            from rows from (json_to_recordset(cast(cast($1 as text) as json))
                as (id uuid, aggregatetype text, aggregateid text, partition integer, type text, version bigint, payload text,
                traceparent text))
                with ordinality as r(id, aggregatetype, aggregateid, partition, type, version, payload, traceparent, number)
            order by r.number
            returning position, id, created_at
            """;

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

    private static final String BACKLOG =
            """
            select count(*) as pending,
                   coalesce(cast(extract(epoch from now() - min(created_at)) * 1000 as bigint), 0) as age
            from (select created_at from outbox order by position limit 10000) oldest
            """;

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

    private static final String NOTIFY_HOLDER = "select pg_notify('outbox', holder::text) from outbox_relay";

    /** The columns of an inserted row that the database has set. */
    record InsertedRow(long position, UUID id, Instant createdAt) {
        private static InsertedRow of(Object[] row) {
            return new InsertedRow(((Number) row[0]).longValue(), (UUID) row[1], ((OffsetDateTime) row[2]).toInstant());
        }
    }

    /**
     * The rows that are not published.
     *
     * @param rows at most 10,000, and the age is that of the oldest
     */
    record Backlog(long rows, long ageMillis) {
        private static Backlog of(Row row) {
            return new Backlog(row.getLong("pending"), row.getLong("age"));
        }
    }

    /** State of the lease on sending to compacted topics. */
    enum LeaseState {
        KEPT,
        TAKEN_OVER,
        HELD_BY_ANOTHER_REPLICA
    }

    /** Inserts the events in their order, as the last statement of the session's transaction. */
    static Uni<List<InsertedRow>> insert(Mutiny.Session session, JsonArray rows) {
        return SessionSql.rows(session, INSERT, rows.encode())
                .map(inserted -> inserted.stream().map(InsertedRow::of).toList());
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

    Uni<Backlog> backlog(Pool pool) {
        return pool.query(BACKLOG)
                .execute()
                .map(rows -> Backlog.of(rows.iterator().next()));
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

    /** Notifies the replica that holds the lease, or was the last to, when the connection's transaction commits. */
    Uni<Void> notifyHolder(SqlConnection connection) {
        return connection.query(NOTIFY_HOLDER).execute().replaceWithVoid();
    }

    private static LeaseState leaseState(RowSet<Row> taken) {
        if (taken.rowCount() == 0) {
            return LeaseState.HELD_BY_ANOTHER_REPLICA;
        }
        return taken.iterator().next().getBoolean("taken_over") ? LeaseState.TAKEN_OVER : LeaseState.KEPT;
    }
}
