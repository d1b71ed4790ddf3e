package dev.terminalcloud.transaction.lifecycle;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds transactions. A caller that changes one must lock its row, after the row of its device. */
@ApplicationScoped
public class TransactionRepository {
    private final Mutiny.SessionFactory sessions;

    TransactionRepository(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Locks the given transactions and all that have not ended on the given devices. */
    public Uni<Map<UUID, Transaction>> lock(
            Mutiny.Session session, Collection<UUID> ids, Collection<String> deviceIds) {
        return session.createSelectionQuery(
                        "from Transaction where id in :ids or deviceId in :devices and phase <> :completed order by id",
                        Transaction.class)
                .setParameter("ids", ids)
                .setParameter("devices", deviceIds)
                .setParameter("completed", Phase.COMPLETED)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .map(found -> found.stream().collect(Collectors.toMap(Transaction::id, Function.identity())));
    }

    /** Finds the given transactions, without locking them. */
    public Uni<List<Transaction>> find(Mutiny.Session session, Collection<UUID> ids) {
        return session.createSelectionQuery("from Transaction where id in :ids order by id", Transaction.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    /** Loads the current state of the transaction, read-only; null if it does not exist. */
    public Uni<Transaction> load(UUID id) {
        return sessions.withStatelessSession(session -> session.get(Transaction.class, id));
    }
}
