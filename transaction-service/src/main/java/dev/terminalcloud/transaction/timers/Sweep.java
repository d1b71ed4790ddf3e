package dev.terminalcloud.transaction.timers;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.transaction.lifecycle.Lifecycle;
import dev.terminalcloud.transaction.lifecycle.Signal;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.table.DueReason;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Applies the deadlines of transactions, every second, on every replica: each skips what another works on. No timer is
 * in memory, and the time is the database's, so neither a restart nor a wrong clock changes a decision. It rests while {@link NothingPending
 * nothing is pending}.
 *
 * <p>A transaction that can't be read or changed, such as one that a newer release has stored, holds up no other: what fails for a
 * reason that does not pass is tried again one by one. The counter {@code transaction.sweep.failures} has those that fail alone. If several
 * are due and each fails, the reason is not one of them, and the job fails.
 */
@ApplicationScoped
class Sweep {
    private static final Logger LOG = Logger.getLogger(Sweep.class);
    private static final int MAX_REPORTED = 1_000;

    private final Set<UUID> reported = ConcurrentHashMap.newKeySet();
    private final Outbox outbox;
    private final TransactionTable transactions;
    private final DeviceRoutes routes;
    private final Lifecycle lifecycle;
    private final Counter failures;

    Sweep(
            Outbox outbox,
            TransactionTable transactions,
            DeviceRoutes routes,
            Lifecycle lifecycle,
            MeterRegistry metrics) {
        this.outbox = outbox;
        this.transactions = transactions;
        this.routes = routes;
        this.lifecycle = lifecycle;
        this.failures = metrics.counter("transaction.sweep.failures");
    }

    /** Ends what was not granted in time, for certain. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NothingPending.class)
    Uni<Void> expire() {
        return signalDue(DueReason.EXPIRED, Signal.EXPIRED);
    }

    /** Marks as delayed what runs for too long. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NothingPending.class)
    Uni<Void> delayOverdue() {
        return signalDue(DueReason.OVERDUE, Signal.OVERDUE);
    }

    /** Marks as delayed what runs on a device that is offline. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NothingPending.class)
    Uni<Void> delayLost() {
        return signalDue(DueReason.LOST, Signal.LOST);
    }

    /** Shows that devices have not answered cancellations, within 15 seconds. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NothingPending.class)
    Uni<Void> endUnansweredCancellations() {
        return signalDue(DueReason.CANCEL_UNANSWERED, Signal.CANCEL_UNANSWERED);
    }

    /** Requests the reports of delayed transactions from connected devices, again and again. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NothingPending.class)
    Uni<Void> requestReports() {
        return forEach(
                DueReason.UNREPORTED,
                (write, transaction, route) ->
                        route.ifPresent(current -> lifecycle.requestReport(write, transaction, current)));
    }

    /**
     * Offers queued transactions to sessions that did not get the offer: a connector that had timed out has recovered.
     */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NothingPending.class)
    Uni<Void> offerToNewSessions() {
        return forEach(
                DueReason.UNOFFERED,
                (write, transaction, route) ->
                        route.ifPresent(current -> lifecycle.offer(write, transaction, current)));
    }

    private Uni<Void> signalDue(DueReason reason, Signal signal) {
        return forEach(reason, (write, transaction, route) -> lifecycle.signal(write, transaction, signal, route));
    }

    private interface Action {
        void apply(WriteTransaction write, Transaction transaction, Optional<DeviceRoute> route);
    }

    private Uni<Void> forEach(DueReason reason, Action action) {
        AtomicReference<List<UUID>> found = new AtomicReference<>(List.of());
        return forEach(reason, Optional.empty(), action, found::set)
                .onFailure(failure -> !found.get().isEmpty() && !TransientFailures.isTransient(failure))
                .recoverWithUni(() -> forEachAlone(reason, found.get(), action));
    }

    private Uni<Void> forEachAlone(DueReason reason, List<UUID> ids, Action action) {
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUniAndConcatenate(id -> forEach(reason, Optional.of(id), action, alone -> {})
                        .replaceWith(Optional.<Throwable>empty())
                        .onFailure(failure -> !TransientFailures.isTransient(failure))
                        .recoverWithItem(failure -> failed(id, failure)))
                .collect()
                .asList()
                .chain(outcomes -> outcomes.size() > 1 && outcomes.stream().allMatch(Optional::isPresent)
                        ? Uni.createFrom().failure(outcomes.get(0).get())
                        : Uni.createFrom().voidItem());
    }

    /** Logs each transaction once. */
    private Optional<Throwable> failed(UUID id, Throwable failure) {
        failures.increment();
        if (reported.size() < MAX_REPORTED && reported.add(id)) {
            LOG.errorf(
                    "Failed to apply a deadline, retrying: transactionId=%s reason=%s",
                    id, TransientFailures.describe(failure));
        }
        return Optional.of(failure);
    }

    private Uni<Void> forEach(DueReason reason, Optional<UUID> one, Action action, Consumer<List<UUID>> found) {
        return outbox.inTransaction(write -> transactions
                .lockDue(write.session(), reason, one)
                .invoke(found)
                .chain(ids -> ids.isEmpty() ? Uni.createFrom().voidItem() : forEach(write, ids, action)));
    }

    private Uni<Void> forEach(WriteTransaction write, List<UUID> ids, Action action) {
        return transactions.lock(write, ids, List.of()).chain(found -> routes.find(
                        write.session(), devicesOf(found.values()))
                .invoke(current -> found.values()
                        .forEach(transaction -> action.apply(
                                write, transaction, Optional.ofNullable(current.get(transaction.deviceId())))))
                .replaceWithVoid());
    }

    private static List<String> devicesOf(Collection<Transaction> found) {
        return found.stream().map(Transaction::deviceId).distinct().collect(Collectors.toList());
    }
}
