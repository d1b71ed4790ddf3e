package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Statements of the intake. The database sets the times that decide, and rejects a second transaction for a busy
 * device.
 */
@ApplicationScoped
class IntakeTable {
    private static final String INSERT =
            """
            insert into transaction (id, access_token, vendor_name, business_name, register_id, device_id, pairing_number,
                function, amount_total_cents, amount_cash_cents, amount_auth_cents, amount_final_cents,
                transaction_reference, requested_date, sale_data, phase, offered_at, offered_to_session, callback_url, expires_at, overdue_at)
            values (:id, :token, :vendor, :business, :register, :device, :number,
                :function, :total, :cash, :authorised, :finalised,
                :reference, :date, :saleData, :phase, :offeredAt, :offeredTo, :callbackUrl,
                now() + cast(:expiry as double precision) * interval '1 second',
                now() + cast(:overdue as double precision) * interval '1 second')
            on conflict (device_id) where phase <> 'COMPLETED' and never_seen_at is null do nothing
            returning created_at
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

    IntakeTable(Pool pool, TransactionConfiguration config) {
        this.pool = pool;
        this.config = config;
    }

    /** Inserts the transaction and returns the time of its intake; empty if the device is busy. */
    Uni<Optional<Instant>> insert(Mutiny.Session session, Transaction transaction) {
        RegisterIdentity register = transaction.register();
        TransactionRequest request = transaction.request();
        RequestedAmounts amounts = request.amounts();
        return session.createNativeQuery(INSERT, Instant.class)
                .setParameter("id", transaction.id())
                .setParameter("token", transaction.accessToken())
                .setParameter("vendor", register.vendorName())
                .setParameter("business", register.businessName())
                .setParameter("register", register.registerId())
                .setParameter("device", transaction.deviceId())
                .setParameter("number", transaction.pairingNumber())
                .setParameter("function", request.function().name())
                .setParameter("total", amounts.amountTotalCents())
                .setParameter("cash", amounts.amountCashCents())
                .setParameter("authorised", amounts.amountAuthCents())
                .setParameter("finalised", amounts.amountFinalCents())
                .setParameter("reference", request.transactionReference())
                .setParameter("date", request.date())
                .setParameter("saleData", request.saleData())
                .setParameter("phase", transaction.phase().name())
                .setParameter("offeredAt", transaction.offeredAt().orElse(null))
                .setParameter("offeredTo", transaction.offeredToSession().orElse(null))
                .setParameter("callbackUrl", transaction.callbackUrl().orElse(null))
                .setParameter("expiry", seconds(config.startTimeout()))
                .setParameter("overdue", seconds(config.delayedAfter()))
                .getSingleResultOrNull()
                .map(Optional::ofNullable);
    }

    /**
     * Resolves a commit in doubt on a connection of its own: either the transaction exists, or it never will.
     *
     * @return the time of its intake if it exists
     */
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
