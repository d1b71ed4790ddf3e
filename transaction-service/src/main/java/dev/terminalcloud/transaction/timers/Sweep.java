package dev.terminalcloud.transaction.timers;

import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.transaction.lifecycle.Lifecycle;
import dev.terminalcloud.transaction.lifecycle.Signal;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionRepository;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Applies the deadlines of transactions, every second, on every replica: each skips what another works on. No timer is
 * in memory, and the time is the database's, so neither a restart nor a wrong clock changes a decision. It rests while {@link NothingPending
 * nothing is pending}.
 */
@ApplicationScoped
class Sweep {
    private final Outbox outbox;
    private final DueTransactions due;
    private final TransactionRepository transactions;
    private final DeviceRoutes routes;
    private final Lifecycle lifecycle;

    Sweep(
            Outbox outbox,
            DueTransactions due,
            TransactionRepository transactions,
            DeviceRoutes routes,
            Lifecycle lifecycle) {
        this.outbox = outbox;
        this.due = due;
        this.transactions = transactions;
        this.routes = routes;
        this.lifecycle = lifecycle;
    }

    /** Ends what was not granted in time, for certain. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NothingPending.class)
    Uni<Void> expire() {
        return signalDue(due::expired, Signal.EXPIRED);
    }

    /** Marks as delayed what runs for too long. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NothingPending.class)
    Uni<Void> delayOverdue() {
        return signalDue(due::overdue, Signal.OVERDUE);
    }

    /** Marks as delayed what runs on a device that is offline. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NothingPending.class)
    Uni<Void> delayLost() {
        return signalDue(due::lost, Signal.LOST);
    }

    /** Shows that devices have not answered cancellations, within 15 seconds. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NothingPending.class)
    Uni<Void> endUnansweredCancellations() {
        return signalDue(due::cancelUnanswered, Signal.CANCEL_UNANSWERED);
    }

    /** Requests the reports of delayed transactions from connected devices, again and again. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NothingPending.class)
    Uni<Void> requestReports() {
        return forEach(due::unreported, (write, transaction, route) -> {
            route.ifPresent(current -> lifecycle.requestReport(write, transaction, current));
            return Uni.createFrom().voidItem();
        });
    }

    /**
     * Offers queued transactions to sessions that did not get the offer: a connector that had timed out has recovered.
     */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NothingPending.class)
    Uni<Void> offerToNewSessions() {
        return forEach(due::unoffered, (write, transaction, route) -> {
            route.ifPresent(current -> lifecycle.offer(write, transaction, current));
            return Uni.createFrom().voidItem();
        });
    }

    private Uni<Void> signalDue(Function<Mutiny.Session, Uni<List<UUID>>> findDue, Signal signal) {
        return forEach(findDue, (write, transaction, route) -> lifecycle.signal(write, transaction, signal, route));
    }

    private interface Action {
        Uni<Void> apply(WriteTransaction write, Transaction transaction, Optional<DeviceRoute> route);
    }

    private Uni<Void> forEach(Function<Mutiny.Session, Uni<List<UUID>>> findDue, Action action) {
        return outbox.inTransaction(write -> findDue.apply(write.session())
                .chain(ids -> ids.isEmpty() ? Uni.createFrom().voidItem() : forEach(write, ids, action)));
    }

    private Uni<Void> forEach(WriteTransaction write, List<UUID> ids, Action action) {
        return transactions.find(write.session(), ids).chain(found -> routes.find(write.session(), devicesOf(found))
                .chain(current -> forEach(write, found, current, action)));
    }

    private static Uni<Void> forEach(
            WriteTransaction write, List<Transaction> found, Map<String, DeviceRoute> current, Action action) {
        return Multi.createFrom()
                .iterable(found)
                .onItem()
                .transformToUniAndConcatenate(transaction ->
                        action.apply(write, transaction, Optional.ofNullable(current.get(transaction.deviceId()))))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static List<String> devicesOf(List<Transaction> found) {
        return found.stream().map(Transaction::deviceId).distinct().collect(Collectors.toList());
    }
}
