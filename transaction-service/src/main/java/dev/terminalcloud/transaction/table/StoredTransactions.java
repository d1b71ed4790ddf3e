package dev.terminalcloud.transaction.table;

import dev.terminalcloud.database.OwnContext;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads transactions, without a lock. */
final class StoredTransactions {
    private final Vertx vertx;
    private final Mutiny.SessionFactory sessions;

    StoredTransactions(Vertx vertx, Mutiny.SessionFactory sessions) {
        this.vertx = vertx;
        this.sessions = sessions;
    }

    Uni<Optional<Transaction>> findByIdempotencyKey(String hash) {
        return sessions.withStatelessSession(session -> session.createSelectionQuery(
                                "from Transaction where idempotencyKeyHash = :hash", Transaction.class)
                        .setParameter("hash", hash)
                        .getSingleResultOrNull())
                .map(Optional::ofNullable);
    }

    Uni<List<Transaction>> loadNewestFirst(Collection<UUID> ids) {
        return sessions.withStatelessSession(session -> session.createSelectionQuery(
                        "from Transaction t where " + Ids.IS_ONE_OF + " order by t.createdAt desc, t.id",
                        Transaction.class)
                .setParameter("ids", Ids.texts(ids))
                .getResultList());
    }

    Uni<List<Transaction>> load(Collection<UUID> ids) {
        return OwnContext.run(
                vertx,
                () -> sessions.withStatelessSession(session -> session.createSelectionQuery(
                                "from Transaction t where " + Ids.IS_ONE_OF, Transaction.class)
                        .setParameter("ids", Ids.texts(ids))
                        .getResultList()));
    }

    Uni<List<TransactionSnapshot>> snapshots(Collection<UUID> ids) {
        return OwnContext.run(
                        vertx,
                        () -> sessions.withStatelessSession(session -> session.createSelectionQuery(
                                        "select t, instant from Transaction t where " + Ids.IS_ONE_OF, Object[].class)
                                .setParameter("ids", Ids.texts(ids))
                                .getResultList()))
                .map(found -> found.stream()
                        .map(row -> new TransactionSnapshot((Transaction) row[0], (Instant) row[1]))
                        .toList());
    }
}
