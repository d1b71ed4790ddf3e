package dev.terminalcloud.transaction.table;

import dev.terminalcloud.database.SessionSql;
import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.RefundedTransaction;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Inserts transactions. The database sets the times that decide, and inserts no second one for a busy device. */
final class NewTransactions {
    private static final String INSERT =
            """
            insert into transaction (id, access_token, vendor_name, business_name, register_id, device_id, pairing_number,
                function, amount_total_cents, amount_cash_cents, amount_auth_cents, amount_final_cents,
                transaction_reference, requested_date, sale_data, phase, offered_at, offered_to_session, callback_url,
                pos_reference_id, idempotency_key_hash, traceparent, original_transaction_id, original_acquirer_ref,
                original_terminal_ref, original_auth_id, original_reference, original_timestamp, expires_at, overdue_at)
            select id, token, vendor, business, register, device, number,
                function, total, cash, authorised, finalised,
                reference, date, "saleData", phase, case when session is not null then now() end, session, "callbackUrl",
                "posReference", "keyHash", traceparent, original, "acquirerRef", "terminalRef", "authId", "originalReference",
                "originalTime",
                now() + cast($2 as double precision) * interval '1 second',
                now() + cast($3 as double precision) * interval '1 second'
            from rows from (json_to_recordset(cast(cast($1 as text) as json)) as (
                id uuid, token uuid, vendor text, business text, register text, device text, number bigint,
                function text, total bigint, cash bigint, authorised bigint, finalised bigint,
                reference text, date text, "saleData" text, phase text, session uuid, "callbackUrl" text,
                "posReference" text, "keyHash" text, traceparent text, original uuid, "acquirerRef" text,
                "terminalRef" text, "authId" text, "originalReference" text, "originalTime" text))
                with ordinality as r(id, token, vendor, business, register, device, number,
                function, total, cash, authorised, finalised,
                reference, date, "saleData", phase, session, "callbackUrl", "posReference", "keyHash",
                traceparent, original, "acquirerRef", "terminalRef", "authId", "originalReference", "originalTime",
                arrival)
            order by arrival
            on conflict do nothing
            returning id, created_at
            """;

    /** An existing row means that the commit in doubt happened, or that this statement ran before. */
    private static final String ABANDON =
            """
            insert into transaction (id, access_token, vendor_name, business_name, register_id, device_id, pairing_number,
                function, phase, expires_at, overdue_at, finished_at, outcome)
            values ($1, $2, $3, $4, $5, $6, $7, $8, 'COMPLETED', now(), now(), now(),
                '{"transactionResult":"CANCELLED","result":"FAILED-INTERFACE"}')
            on conflict (id) do nothing
            """;

    /** An abandoned transaction, which expired when it was inserted, does not count. */
    private static final String CREATED_AT =
            "select created_at from transaction where id = $1 and expires_at > created_at";

    private final Pool pool;
    private final TransactionConfiguration config;

    NewTransactions(Pool pool, TransactionConfiguration config) {
        this.pool = pool;
        this.config = config;
    }

    /** Inserts them as {@link TransactionTable#insert} says. */
    Uni<Map<UUID, Instant>> insert(
            Mutiny.Session session, Collection<Transaction> transactions, Map<String, DeviceRoute> routes) {
        JsonArray rows = new JsonArray();
        transactions.forEach(transaction -> rows.add(row(transaction, routes.get(transaction.deviceId()))));
        return SessionSql.rows(
                        session, INSERT, rows.encode(), seconds(config.startTimeout()), seconds(config.delayedAfter()))
                .map(inserted -> inserted.stream()
                        .collect(Collectors.toMap(row -> (UUID) row[0], row -> ((OffsetDateTime) row[1]).toInstant())));
    }

    private static JsonObject row(Transaction transaction, DeviceRoute route) {
        RegisterIdentity register = transaction.register();
        TransactionRequest request = transaction.request();
        RequestedAmounts amounts = request.amounts();
        JsonObject row = new JsonObject()
                .put("id", transaction.id().toString())
                .put("token", transaction.accessToken().toString())
                .put("vendor", register.vendorName())
                .put("business", register.businessName())
                .put("register", register.registerId())
                .put("device", transaction.deviceId())
                .put("number", transaction.pairingNumber())
                .put("function", request.function().name())
                .put("total", amounts.amountTotalCents())
                .put("cash", amounts.amountCashCents())
                .put("authorised", amounts.amountAuthCents())
                .put("finalised", amounts.amountFinalCents())
                .put("reference", request.transactionReference())
                .put("date", request.date())
                .put("saleData", request.saleData())
                .put("phase", transaction.phase().name())
                .put("session", route == null ? null : route.sessionId().toString())
                .put("callbackUrl", transaction.callbackUrl().orElse(null))
                .put("posReference", transaction.posReferenceId().orElse(null))
                .put("keyHash", transaction.idempotencyKeyHash().orElse(null));
        transaction.refunded().ifPresent(original -> put(row, original));
        return transaction.traceparent() == null ? row : row.put("traceparent", transaction.traceparent());
    }

    private static void put(JsonObject row, RefundedTransaction original) {
        row.put("original", original.transactionId().toString())
                .put("acquirerRef", original.acquirerRef())
                .put("terminalRef", original.terminalRef())
                .put("authId", original.authId())
                .put("originalReference", original.reference())
                .put("originalTime", original.timestamp());
    }

    /** Inserts the transaction as abandoned, unless it exists; then returns the time of its intake. */
    Uni<Optional<Instant>> resolveInDoubt(Transaction transaction) {
        RegisterIdentity register = transaction.register();
        return pool.preparedQuery(ABANDON)
                .execute(Tuple.tuple()
                        .addUUID(transaction.id())
                        .addUUID(transaction.accessToken())
                        .addString(register.vendorName())
                        .addString(register.businessName())
                        .addString(register.registerId())
                        .addString(transaction.deviceId())
                        .addLong(transaction.pairingNumber())
                        .addString(transaction.request().function().name()))
                .chain(rows -> rows.rowCount() == 1
                        ? Uni.createFrom().item(Optional.<Instant>empty())
                        : createdAt(transaction.id()));
    }

    private Uni<Optional<Instant>> createdAt(UUID id) {
        return pool.preparedQuery(CREATED_AT)
                .mapping(row -> row.get(OffsetDateTime.class, "created_at").toInstant())
                .execute(Tuple.of(id))
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
