package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.database.Batcher;
import dev.terminalcloud.database.OwnContext;
import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.TransactionEvent.TransactionAccepted;
import dev.terminalcloud.inbox.Rounds;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.tracing.TraceAttribute;
import dev.terminalcloud.tracing.TraceSpan;
import dev.terminalcloud.tracing.Tracing;
import dev.terminalcloud.transaction.lifecycle.Lifecycle;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionRequest;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Stores transactions with their first events. Those that come while a database transaction is under way share the next one: its commit is
 * the price of all of them. Each has its own answer, and one that can't be stored fails alone. Thread-safe.
 */
@ApplicationScoped
class StartBatches {
    /** At most, their sale data have 4 MiB. */
    private static final int MAX_SIZE = 64;

    private final Batcher<Transaction, Uni<Transaction>> batches = new Batcher<>(MAX_SIZE, this::storeTogether);
    private final Vertx vertx;
    private final DeviceRoutes routes;
    private final TransactionTable table;
    private final LinkedRefunds refunds;
    private final Lifecycle lifecycle;
    private final Outbox outbox;
    private final Tracing tracing;

    StartBatches(
            Vertx vertx,
            DeviceRoutes routes,
            TransactionTable table,
            LinkedRefunds refunds,
            Lifecycle lifecycle,
            Outbox outbox,
            Tracing tracing) {
        this.vertx = vertx;
        this.routes = routes;
        this.table = table;
        this.refunds = refunds;
        this.lifecycle = lifecycle;
        this.outbox = outbox;
        this.tracing = tracing;
    }

    /**
     * Stores the transaction, and offers it to its device if that is connected; continues on the caller's Vert.x context.
     *
     * @return fails with {@link ApiException} if its device is busy, or it refunds more than is left, so that it was not stored; in
     *     doubt with any other failure
     */
    Uni<Transaction> store(Transaction transaction) {
        TraceSpan step = tracing.store("store transaction", transaction.traceparent());
        Uni<Transaction> stored = batches.askOnContext(transaction).chain(Optional::orElseThrow);
        return step.isTraced() ? trace(step, transaction, stored) : stored;
    }

    private static Uni<Transaction> trace(TraceSpan step, Transaction transaction, Uni<Transaction> stored) {
        step.with(TraceAttribute.TRANSACTION_ID, transaction.id())
                .with(TraceAttribute.DEVICE_ID, transaction.deviceId());
        return stored.onItemOrFailure().invoke((inserted, failure) -> step.end(failure));
    }

    private Uni<Map<Transaction, Uni<Transaction>>> storeTogether(Set<Transaction> transactions) {
        return commit(transactions)
                .onFailure(failure -> transactions.size() > 1 && TransientFailures.isRejection(failure))
                .recoverWithUni(() -> storeEachAlone(transactions));
    }

    /** Only after a certain rollback: what has been committed would be taken for the transaction that keeps its device busy. */
    private Uni<Map<Transaction, Uni<Transaction>>> storeEachAlone(Set<Transaction> transactions) {
        Map<Transaction, Uni<Transaction>> answers = new ConcurrentHashMap<>();
        return Rounds.sequentially(List.copyOf(transactions), transaction -> commit(Set.of(transaction))
                        .onFailure()
                        .recoverWithItem(
                                failure -> Map.of(transaction, Uni.createFrom().failure(failure)))
                        .invoke(answers::putAll)
                        .replaceWithVoid())
                .replaceWith(answers);
    }

    private Uni<Map<Transaction, Uni<Transaction>>> commit(Set<Transaction> transactions) {
        return OwnContext.run(
                vertx,
                () -> outbox.inTransaction(write -> routes.lockAll(write.session(), devicesOf(transactions))
                        .chain(current -> insert(write, transactions, current))));
    }

    private Uni<Map<Transaction, Uni<Transaction>>> insert(
            WriteTransaction write, Set<Transaction> transactions, Map<String, DeviceRoute> current) {
        Map<Transaction, Uni<Transaction>> answers = new HashMap<>();
        return Rounds.sequentially(LinkedRefunds.rounds(transactions), round -> insert(write, round, current)
                        .invoke(answers::putAll)
                        .replaceWithVoid())
                .replaceWith(answers);
    }

    private Uni<Map<Transaction, Uni<Transaction>>> insert(
            WriteTransaction write, List<Transaction> round, Map<String, DeviceRoute> current) {
        return refunds.check(write, round).chain(errors -> {
            List<Transaction> allowed = round.stream()
                    .filter(transaction -> !errors.containsKey(transaction))
                    .toList();
            return table.insert(write.session(), allowed, current)
                    .map(inserted -> answers(write, allowed, inserted, current))
                    .map(answers -> withErrors(answers, errors));
        });
    }

    private static Map<Transaction, Uni<Transaction>> withErrors(
            Map<Transaction, Uni<Transaction>> answers, Map<Transaction, ApiException> errors) {
        Map<Transaction, Uni<Transaction>> all = new HashMap<>(answers);
        errors.forEach(
                (transaction, error) -> all.put(transaction, Uni.createFrom().failure(error)));
        return all;
    }

    private static Set<String> devicesOf(Set<Transaction> transactions) {
        return transactions.stream().map(Transaction::deviceId).collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<Transaction, Uni<Transaction>> answers(
            WriteTransaction write,
            List<Transaction> transactions,
            Map<UUID, Instant> inserted,
            Map<String, DeviceRoute> current) {
        return transactions.stream()
                .collect(Collectors.toMap(transaction -> transaction, transaction -> Optional.ofNullable(
                                inserted.get(transaction.id()))
                        .map(createdAt -> accept(write, transaction, createdAt, current.get(transaction.deviceId())))
                        .orElseGet(() -> Uni.createFrom().failure(StartError.DEVICE_BUSY::exception))));
    }

    private Uni<Transaction> accept(
            WriteTransaction write, Transaction transaction, Instant createdAt, DeviceRoute route) {
        transaction.accepted(createdAt);
        write.continueTrace(transaction.id(), transaction.traceparent());
        if (route != null) {
            lifecycle.offer(write, transaction, route);
        }
        write.append(Topic.TRANSACTION_EVENTS, acceptedEvent(transaction));
        return Uni.createFrom().item(transaction);
    }

    private static TransactionAccepted acceptedEvent(Transaction transaction) {
        TransactionRequest request = transaction.request();
        return new TransactionAccepted(
                transaction.id(),
                transaction.version(),
                transaction.register().vendorName(),
                transaction.register().businessName(),
                transaction.register().registerId(),
                transaction.deviceId(),
                request.function().wireName(),
                request.amounts(),
                transaction.createdAt());
    }
}
