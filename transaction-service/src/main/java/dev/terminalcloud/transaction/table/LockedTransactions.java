package dev.terminalcloud.transaction.table;

import dev.terminalcloud.outbox.BatchStatement;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.transaction.lifecycle.DatabaseTime;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionState;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Statements that lock and write any number of transactions at once, with arrays as parameters: their text, which PostgreSQL prepares
 * once for each connection, is the same for any number.
 */
final class LockedTransactions {
    /**
     * Each by its name: a replica that has prepared {@code *} fails when a newer one adds a column. The time is that when the row was
     * locked: a query would compute it before it waits for the lock, and the one around it does so afterwards.
     */
    private static final String LOCK =
            """
            select locked.*, clock_timestamp() as locked_at from (
            select id, access_token, access_token_issued_at, access_erased_at, vendor_name, business_name, register_id,
                device_id, pairing_number, function, amount_total_cents, amount_cash_cents, amount_auth_cents,
                amount_final_cents, transaction_reference, requested_date, sale_data, original_transaction_id,
                original_acquirer_ref, original_terminal_ref, original_auth_id, original_reference, original_timestamp,
                created_at, callback_url, pos_reference_id, idempotency_key_hash, traceparent, phase, version, offered_at,
                offered_to_session, delivered_at, started_at, delayed_at, never_seen_at, report_unreadable_at, finished_at,
                resolved_manually_at, prompt, cancellation, cancel_requested_at, outcome
            from transaction
            where id = any (cast(cast(:ids as text[]) as uuid[]))
            or (device_id = any (cast(:devices as text[])) and phase <> 'COMPLETED')
            order by id for update) locked
            """;

    /** Overwrites what was read under the lock of the row: other statements change these columns only under that lock too. */
    private static final String UPDATE =
            """
            update transaction t set phase = r.phase, version = r.version, offered_at = offered,
                offered_to_session = session, delivered_at = delivered, started_at = started, delayed_at = delayed,
                never_seen_at = "neverSeen", report_unreadable_at = unreadable, finished_at = finished,
                resolved_manually_at = resolved, prompt = r.prompt, cancellation = r.cancellation,
                cancel_requested_at = "cancelRequested", outcome = r.outcome
            from json_to_recordset(cast(cast(:rows as text) as json)) as r(
                id uuid, phase text, version bigint, offered timestamptz, session uuid, delivered timestamptz,
                started timestamptz, delayed timestamptz, "neverSeen" timestamptz, unreadable timestamptz,
                finished timestamptz, resolved timestamptz, prompt text, cancellation text,
                "cancelRequested" timestamptz, outcome text)
            where t.id = r.id
            """;

    private static final BatchStatement<Locked> WRITE_CHANGED = LockedTransactions::writeChanged;

    /** @param before its state when it was locked */
    private record Locked(Transaction transaction, TransactionState before) {
        boolean isChanged() {
            return !before.equals(transaction.state());
        }
    }

    private LockedTransactions() {}

    /**
     * Locks the given transactions and all that have not ended on the given devices, in the same order for all callers. Their changes until
     * the end of the work are written with one statement.
     */
    static Uni<List<Transaction>> lock(WriteTransaction write, Collection<UUID> ids, Collection<String> deviceIds) {
        return write.session()
                .createNativeQuery(LOCK, write.session().getResultSetMapping(Object[].class, Transaction.LOCKED))
                .setParameter("ids", Ids.texts(ids))
                .setParameter("devices", deviceIds.toArray(String[]::new))
                .setReadOnly(true)
                .getResultList()
                .map(rows -> locked(write, rows));
    }

    /** The newest time is that of the answer: the others had to wait until the last row was locked. */
    private static List<Transaction> locked(WriteTransaction write, List<Object[]> rows) {
        Optional<DatabaseTime> newest = rows.stream()
                .map(row -> (Instant) row[1])
                .max(Comparator.naturalOrder())
                .map(DatabaseTime::learned);
        return rows.stream()
                .map(row ->
                        locked(write, (Transaction) row[0], newest.orElseThrow().at((Instant) row[1])))
                .toList();
    }

    private static Transaction locked(WriteTransaction write, Transaction transaction, DatabaseTime time) {
        transaction.locked(time);
        write.addBatch(WRITE_CHANGED, new Locked(transaction, transaction.state()));
        return transaction;
    }

    /** A transaction that the work has locked twice is one object, since the work has one session. */
    private static Uni<Void> writeChanged(Mutiny.Session session, List<Locked> locked) {
        List<Transaction> changed = locked.stream()
                .filter(Locked::isChanged)
                .map(Locked::transaction)
                .distinct()
                .toList();
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        JsonArray rows = new JsonArray();
        changed.forEach(transaction -> rows.add(transaction.state().toRow(transaction.id())));
        return session.createNativeQuery(UPDATE)
                .setParameter("rows", rows.encode())
                .executeUpdate()
                .invoke(written -> {
                    if (written != changed.size()) {
                        throw new IllegalStateException(
                                "Written transactions must be %d, was %d".formatted(changed.size(), written));
                    }
                })
                .replaceWithVoid();
    }
}
