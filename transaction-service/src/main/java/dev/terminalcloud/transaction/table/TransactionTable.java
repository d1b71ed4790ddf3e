package dev.terminalcloud.transaction.table;

import dev.terminalcloud.database.Batcher;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.lifecycle.ResolutionStatus;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The table {@code transaction}. No other class names it: what operators, metrics and cleanups read of it is the view {@code
 * transaction_overview}. Its own statements are in the other classes of this package, which only this one uses.
 *
 * <p>A caller that changes a transaction must lock its row; if it locks the row of its device too, that one first. Methods with a session belong to its transaction,
 * and all others read or write by themselves.
 */
@ApplicationScoped
public class TransactionTable {
    /** Maximum number of transactions that {@link #newest} finds. */
    public static final int MAX_NEWEST = 100;

    private static final int MAX_LOADED_TOGETHER = 128;

    private final Batcher<UUID, Transaction> loads = Batcher.ofReads(MAX_LOADED_TOGETHER, this::loadAll);
    private final Pool pool;
    private final StoredTransactions stored;
    private final NewTransactions added;
    private final DueTransactions due;

    TransactionTable(Vertx vertx, Mutiny.SessionFactory sessions, Pool pool, TransactionConfiguration config) {
        this.pool = pool;
        this.stored = new StoredTransactions(vertx, sessions);
        this.added = new NewTransactions(pool, config);
        this.due = new DueTransactions(config);
    }

    /**
     * Inserts the transactions whose devices are not busy and whose keys have not started another one, those first that come first.
     *
     * @param routes the current session of each device that has one, to which its transaction is about to be offered
     * @return the time of its intake for each transaction that was inserted
     */
    public Uni<Map<UUID, Instant>> insert(
            Mutiny.Session session, Collection<Transaction> transactions, Map<String, DeviceRoute> routes) {
        return added.insert(session, transactions, routes);
    }

    /**
     * Resolves a commit in doubt on a connection of its own: either the transaction exists, or it never will.
     *
     * @return the time of its intake if it exists
     */
    public Uni<Optional<Instant>> resolveInDoubt(Transaction transaction) {
        return added.resolveInDoubt(transaction);
    }

    /**
     * Locks the given transactions and all that have not ended on the given devices. The caller may change them until its work ends: the
     * changes are written then, all with one statement, and their facts have the time at which the database has locked the row.
     */
    public Uni<Map<UUID, Transaction>> lock(
            WriteTransaction write, Collection<UUID> ids, Collection<String> deviceIds) {
        if (ids.isEmpty() && deviceIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return LockedTransactions.lock(write, ids, deviceIds).map(TransactionTable::byId);
    }

    /**
     * Finds and locks those that are due now, and skips those that another replica has locked.
     *
     * @param one only that one, if it is due; empty for up to 200 of them
     */
    public Uni<List<UUID>> lockDue(Mutiny.Session session, DueReason reason, Optional<UUID> one) {
        return due.lock(session, reason, one);
    }

    /** Finds the transaction that a start with this key has begun, read-only. */
    public Uni<Optional<Transaction>> findByIdempotencyKey(String hash) {
        return stored.findByIdempotencyKey(hash);
    }

    /** Loads the current states of those of the transactions that exist, read-only, the newest first. */
    public Uni<List<Transaction>> loadNewestFirst(Collection<UUID> ids) {
        return stored.loadNewestFirst(ids);
    }

    /**
     * Loads the current state of the transaction, read-only; null if it does not exist. One query loads all that are asked for during the
     * one before. Must be called on a Vert.x context, on which it continues.
     */
    public Uni<Transaction> load(UUID id) {
        return loads.askOnContext(id).map(found -> found.orElse(null));
    }

    private Uni<Map<UUID, Transaction>> loadAll(Set<UUID> ids) {
        return stored.load(ids).map(TransactionTable::byId);
    }

    /** Reads the current states of those of the transactions that exist, with the time, on a context of its own. */
    public Uni<List<TransactionSnapshot>> snapshots(Set<UUID> ids) {
        return stored.snapshots(ids);
    }

    /** Returns the current versions of those of the transactions that exist. */
    public Uni<Map<UUID, Long>> versions(Set<UUID> ids) {
        return TransactionFacts.versions(pool, ids);
    }

    /** Returns whether the device has a transaction that keeps another one from starting. It may have ended when this is known. */
    public Uni<Boolean> isBusy(String deviceId) {
        return TransactionFacts.isBusy(pool, deviceId);
    }

    /**
     * Returns the newest {@value #MAX_NEWEST} transactions of the register, newest first, without those that were abandoned.
     *
     * @param reference only those with exactly this reference of the register; absent for all
     * @param maxAge only those that are younger
     */
    public Uni<List<UUID>> newest(RegisterIdentity register, Optional<String> reference, Duration maxAge) {
        return TransactionFacts.newest(pool, register, reference, maxAge);
    }

    /**
     * Returns how many cents have been refunded, or may still be, for each of the originals with a linked refund. The originals must be
     * locked.
     */
    public Uni<Map<UUID, Long>> refunded(Mutiny.Session session, Collection<UUID> originals) {
        return TransactionFacts.refunded(session, originals);
    }

    /**
     * Returns the resolution status of the transaction, which must be locked.
     *
     * @param resolutionAfter how long a device may be silent after its transaction is overdue
     */
    public Uni<ResolutionStatus> resolutionStatus(Mutiny.Session session, UUID id, Duration resolutionAfter) {
        return TransactionFacts.resolutionStatus(session, id, resolutionAfter);
    }

    /** Replaces the polling tokens that are erased or older than that. */
    public Uni<Void> renewTokens(Collection<UUID> ids, Duration maxAge) {
        return TransactionAccess.renew(pool, ids, maxAge);
    }

    /**
     * Erases the token, callback URL and prompt of completed transactions that are that old, and whose token is, of one batch, and stores
     * the time. One whose callback is still to be sent keeps them.
     *
     * @return of how many transactions
     */
    public Uni<Integer> eraseAccess(Duration age) {
        return TransactionAccess.eraseExpired(pool, age);
    }

    /** Deletes the idempotency keys of completed transactions that are that old, of one batch; returns how many. */
    public Uni<Integer> deleteIdempotencyKeys(Duration age) {
        return ExpiredTransactions.deleteKeys(pool, age);
    }

    /** Deletes completed transactions that are that old and have no pending callback, of one batch; returns how many. */
    public Uni<Integer> delete(Duration age) {
        return ExpiredTransactions.delete(pool, age);
    }

    private static Map<UUID, Transaction> byId(List<Transaction> found) {
        return found.stream().collect(Collectors.toMap(Transaction::id, Function.identity()));
    }
}
