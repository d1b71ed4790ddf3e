package dev.terminalcloud.administration;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/** The table {@code audit_entry}: its only statements. An entry never changes, and only a function of the database deletes it. */
@ApplicationScoped
class AuditTable {
    /** Dated as it is written: {@code now()} is the begin of the transaction, which may have waited for the device's lock. */
    private static final String ADD =
            """
            insert into audit_entry
                (at, principal, address, action, device_id, other_device_id, transaction_id, vendor_name, register_id,
                 details, outcome, reason)
            select clock_timestamp(), principal, address, action, device_id, other_device_id, transaction_id, vendor_name, register_id,
                details, outcome, reason
            from json_to_record(cast(cast(:entry as text) as json)) as entry(
                principal text, address text, action text, device_id text, other_device_id text, transaction_id uuid,
                vendor_name text, register_id text, details jsonb, outcome text, reason text)
            """;

    private static final String PAGE =
            """
            select id, at, principal, address, action, device_id, other_device_id, transaction_id, vendor_name, register_id,
                details, outcome, reason
            from audit_entry
            where id < $1
              and (cast($2 as text) is null or device_id = $2 or other_device_id = $2)
              and (cast($3 as text) is null or register_id = $3)
              and (cast($4 as uuid) is null or transaction_id = $4)
              and (cast($5 as text) is null or principal = $5)
              and (cast($6 as text) is null or action = $6)
              and (cast($7 as timestamptz) is null or at >= $7)
              and (cast($8 as timestamptz) is null or at < $8)
            order by id desc
            limit $9
            """;

    private static final String DELETE_EXPIRED = "select delete_expired_audit_entries(make_interval(secs => $1), $2)";

    private final Pool pool;

    AuditTable(Pool pool) {
        this.pool = pool;
    }

    /** Inserts an entry, with its columns as members, in the transaction of the session. */
    static Uni<Void> insert(Mutiny.Session session, JsonObject entry) {
        return session.createNativeQuery(ADD)
                .setParameter("entry", entry.encode())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** @param parameters of all conditions, each null for any value, and at the end the maximum number of entries */
    Uni<List<AuditEntry>> page(Tuple parameters) {
        return pool.preparedQuery(PAGE).execute(parameters).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(AuditEntry::of)
                .toList());
    }

    /** Deletes entries that are older than the retention; returns their number, which is at most the limit. */
    Uni<Integer> deleteExpired(Duration retention, int limit) {
        return pool.preparedQuery(DELETE_EXPIRED)
                .execute(Tuple.of((double) retention.toSeconds(), limit))
                .map(rows -> rows.iterator().next().getInteger(0));
    }
}
