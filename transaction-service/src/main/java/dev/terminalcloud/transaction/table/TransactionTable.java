package dev.terminalcloud.transaction.table;

import dev.terminalcloud.database.Batcher;
import dev.terminalcloud.database.OwnContext;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds transactions. A caller that changes one must lock its row, after the row of its device. */
@ApplicationScoped
public class TransactionTable {
    private static final int MAX_LOADED_TOGETHER = 128;

    private final Batcher<UUID, Transaction> loads = Batcher.ofReads(MAX_LOADED_TOGETHER, this::loadAll);
    private final Vertx vertx;
    private final Mutiny.SessionFactory sessions;

    TransactionTable(Vertx vertx, Mutiny.SessionFactory sessions) {
        this.vertx = vertx;
        this.sessions = sessions;
    }

    /**
     * Locks the given transactions and all that have not ended on the given devices. The caller may change them until its work ends: the
     * changes are written then, all with one statement.
     */
    public Uni<Map<UUID, Transaction>> lock(
            WriteTransaction write, Collection<UUID> ids, Collection<String> deviceIds) {
        if (ids.isEmpty() && deviceIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return LockedTransactions.lock(write, ids, deviceIds).map(TransactionTable::byId);
    }

    /** Finds the transaction that a start with this key has begun, read-only. */
    public Uni<Optional<Transaction>> findByIdempotencyKey(String hash) {
        return sessions.withStatelessSession(session -> session.createSelectionQuery(
                                "from Transaction where idempotencyKeyHash = :hash", Transaction.class)
                        .setParameter("hash", hash)
                        .getSingleResultOrNull())
                .map(Optional::ofNullable);
    }

    /** Loads the current states of those of the transactions that exist, read-only, the newest first. */
    public Uni<List<Transaction>> loadNewestFirst(Collection<UUID> ids) {
        return sessions.withStatelessSession(session -> session.createSelectionQuery(
                        "from Transaction where id in :ids order by createdAt desc, id", Transaction.class)
                .setParameter("ids", ids)
                .getResultList());
    }

    /**
     * Loads the current state of the transaction, read-only; null if it does not exist. One query loads all that are asked for during the
     * one before. Must be called on a Vert.x context, on which it continues.
     */
    public Uni<Transaction> load(UUID id) {
        return loads.askOnContext(id).map(found -> found.orElse(null));
    }

    private Uni<Map<UUID, Transaction>> loadAll(Set<UUID> ids) {
        return OwnContext.run(
                        vertx,
                        () -> sessions.withStatelessSession(session -> session.createSelectionQuery(
                                        "from Transaction where id in :ids", Transaction.class)
                                .setParameter("ids", ids)
                                .getResultList()))
                .map(TransactionTable::byId);
    }

    private static Map<UUID, Transaction> byId(List<Transaction> found) {
        return found.stream().collect(Collectors.toMap(Transaction::id, Function.identity()));
    }
}
