package dev.terminalcloud.transaction.table;

import dev.terminalcloud.database.Rows;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.lifecycle.ResolutionStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads single facts about transactions, and not the transactions themselves. */
final class TransactionFacts {
    private static final String VERSIONS = "select id, version from transaction where id = any($1)";

    /** The condition of {@code one_unfinished_transaction_per_device}: what keeps another transaction from starting. */
    private static final String IS_BUSY =
            """
            select exists (
                select from transaction where device_id = $1 and phase <> 'COMPLETED' and never_seen_at is null)
            """;

    /** An abandoned one, which expired when it was inserted, was never accepted. */
    private static final String NEWEST =
            """
            select id from transaction
            where vendor_name = $1 and register_id = $2 and business_name = $3
              and created_at > now() - make_interval(secs => $4) and expires_at > created_at
            order by created_at desc, id limit %d
            """
                    .formatted(TransactionTable.MAX_NEWEST);

    private static final String NEWEST_WITH_REFERENCE =
            """
            select id from transaction
            where vendor_name = $1 and register_id = $2 and business_name = $3
              and created_at > now() - make_interval(secs => $4) and expires_at > created_at and pos_reference_id = $5
            order by created_at desc, id limit %d
            """
                    .formatted(TransactionTable.MAX_NEWEST);

    /** A device that reports another total than the requested one makes what is left smaller, not larger. */
    private static final String REFUNDED =
            """
            select original_transaction_id, cast(sum(greatest(amount_total_cents,
                cast(cast(outcome as json) ->> 'amountTotalCents' as bigint))) as bigint)
            from transaction
            where original_transaction_id = any (cast(cast(:originals as text[]) as uuid[]))
              and (outcome is null or cast(outcome as json) ->> 'transactionResult' = 'OK-ACCEPTED')
            group by original_transaction_id
            """;

    private static final String RESOLUTION_STATUS =
            "select %s from transaction_overview t where t.id = :id".formatted(ResolutionStatus.sql(":seconds"));

    private TransactionFacts() {}

    static Uni<Map<UUID, Long>> versions(Pool pool, Set<UUID> ids) {
        return pool.preparedQuery(VERSIONS)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(TransactionFacts::versions);
    }

    private static Map<UUID, Long> versions(RowSet<Row> rows) {
        Map<UUID, Long> versions = new HashMap<>();
        rows.forEach(row -> versions.put(row.getUUID(0), row.getLong(1)));
        return versions;
    }

    static Uni<Boolean> isBusy(Pool pool, String deviceId) {
        return pool.preparedQuery(IS_BUSY)
                .execute(Tuple.of(deviceId))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    static Uni<List<UUID>> newest(Pool pool, RegisterIdentity register, Optional<String> reference, Duration maxAge) {
        Tuple parameters = Tuple.of(
                register.vendorName(), register.registerId(), register.businessName(), (double) maxAge.toSeconds());
        reference.ifPresent(parameters::addString);
        return pool.preparedQuery(reference.isPresent() ? NEWEST_WITH_REFERENCE : NEWEST)
                .mapping(row -> row.getUUID(0))
                .execute(parameters)
                .map(Rows::list);
    }

    static Uni<Map<UUID, Long>> refunded(Mutiny.Session session, Collection<UUID> originals) {
        return session.createNativeQuery(REFUNDED, Object[].class)
                .setParameter(
                        "originals", originals.stream().map(UUID::toString).toArray(String[]::new))
                .getResultList()
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> (UUID) row[0], row -> (Long) row[1])));
    }

    static Uni<ResolutionStatus> resolutionStatus(Mutiny.Session session, UUID id, Duration resolutionAfter) {
        return session.createNativeQuery(RESOLUTION_STATUS, String.class)
                .setParameter("id", id)
                .setParameter("seconds", resolutionAfter.toSeconds())
                .getSingleResult()
                .map(ResolutionStatus::valueOf);
    }
}
