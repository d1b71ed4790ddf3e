package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceCommand;
import dev.terminalcloud.events.DeviceCommand.CancelTransaction;
import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceCommand.RefuseStart;
import dev.terminalcloud.events.DeviceCommand.ReportTransaction;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageRejected;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageUnreadable;
import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.DeviceEvent.TransactionClaimed;
import dev.terminalcloud.events.DeviceEvent.TransactionFinished;
import dev.terminalcloud.events.DeviceEvent.TransactionProgressed;
import dev.terminalcloud.events.DeviceEvent.TransactionRefused;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.TransactionEvent.TransactionDelayed;
import dev.terminalcloud.events.TransactionEvent.TransactionPrompted;
import dev.terminalcloud.events.TransactionEvent.TransactionStarted;
import dev.terminalcloud.inbox.Rounds;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoute;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Carries out what {@link Phase} decides: changes the transaction and appends the events and commands of the change to
 * the outbox, in the caller's database transaction. The caller has locked the transaction's row.
 *
 * <p>Nothing here throws because of what a device sends: a signal adds a fact or does nothing, and is counted.
 *
 * <p>The route may be absent or stale. That loses nothing: a device that missed a grant claims again, and one that
 * missed an offer is offered it again on its next hello.
 */
@ApplicationScoped
public class Lifecycle {
    private final Discrepancies discrepancies;
    private final MeterRegistry metrics;
    private final Clock clock;

    Lifecycle(Discrepancies discrepancies, MeterRegistry metrics, Clock clock) {
        this.discrepancies = discrepancies;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Offers a transaction to the device's session; allowed any number of times while it is QUEUED. */
    public void offer(WriteTransaction write, Transaction transaction, DeviceRoute route) {
        transaction.offeredTo(route.sessionId(), clock.instant());
        write.append(Topic.DEVICE_COMMANDS, route.connectorIndex(), TransactionMessages.offer(transaction, route));
    }

    /** Requests a report on the transaction from its device. */
    public void requestReport(WriteTransaction write, Transaction transaction, DeviceRoute route) {
        write.append(
                Topic.DEVICE_COMMANDS,
                route.connectorIndex(),
                new ReportTransaction(transaction.deviceId(), route.sessionId(), transaction.id()));
    }

    /** Handles a signal from a clock or from the register. */
    public Uni<Void> signal(
            WriteTransaction write, Transaction transaction, Signal signal, Optional<DeviceRoute> route) {
        return execute(decide(transaction, signal), new Change(write, transaction, null, null, route));
    }

    /**
     * Completes the transaction with the outcome of an operator. The caller has checked {@link
     * ResolutionStatus#needsOperator}.
     */
    public Uni<Void> resolve(WriteTransaction write, Transaction transaction, DeviceReport outcome) {
        Change change = new Change(write, transaction, null, outcome, Optional.empty());
        return execute(decide(transaction, Signal.OPERATOR_RESOLVED), change);
    }

    /** Handles an event of the transaction's own device. */
    public Uni<Void> handle(
            WriteTransaction write,
            Transaction transaction,
            DeviceTransactionEvent event,
            Optional<DeviceRoute> route) {
        if (event instanceof DeviceMessageRejected rejected) {
            return handleRejected(write, transaction, rejected);
        }
        transaction.delivered(clock.instant());
        if (event instanceof TransactionProgressed progress) {
            return applyPrompt(write, transaction, progress.prompt());
        }
        if (event instanceof TransactionFinished finished) {
            return handleFinished(write, transaction, finished, route);
        }
        Signal signal = DeviceSignals.of(event, transaction.hasUnreadableReport());
        return execute(decide(transaction, signal), new Change(write, transaction, event, null, route));
    }

    /** Handles a claim under a pairing that has ended, which is never granted. */
    public Uni<Void> handleClaimAfterUnpairing(
            WriteTransaction write, Transaction transaction, TransactionClaimed claim, Optional<DeviceRoute> route) {
        transaction.delivered(clock.instant());
        return execute(
                decide(transaction, Signal.CLAIMED_AFTER_UNPAIRING),
                new Change(write, transaction, claim, null, route));
    }

    /**
     * Handles a message that its device's connector could not parse.
     *
     * @param running the transaction that the device runs, which the message may be about
     */
    public Uni<Void> handleUnreadable(
            WriteTransaction write, Optional<Transaction> running, DeviceMessageUnreadable event) {
        UUID transactionId = running.map(Transaction::id).orElse(null);
        return discrepancies.recordUnreadable(write, event, transactionId).chain(() -> running.map(transaction ->
                        execute(decide(transaction, Signal.MESSAGE_UNREADABLE), Change.of(write, transaction, null)))
                .orElseGet(Lifecycle::noChange));
    }

    private Uni<Void> handleRejected(WriteTransaction write, Transaction transaction, DeviceMessageRejected event) {
        return discrepancies
                .record(write, event, DiscrepancyReason.REJECTED_MESSAGE)
                .chain(() -> DeviceSignals.ofRejected(event)
                        .map(signal -> execute(decide(transaction, signal), Change.of(write, transaction, event)))
                        .orElseGet(Lifecycle::noChange));
    }

    private Uni<Void> handleFinished(
            WriteTransaction write, Transaction transaction, TransactionFinished event, Optional<DeviceRoute> route) {
        Optional<FinalReport> report = FinalReport.of(transaction.request(), event.report());
        if (report.isPresent()) {
            List<DiscrepancyReason> remarks = report.get().remarks(transaction.request(), event);
            return execute(
                    decide(transaction, Signal.FINISHED),
                    new Change(write, transaction, event, report.get().outcome(), remarks, route));
        }
        return transaction.outcome().equals(Optional.of(event.report()))
                ? noChange()
                : discrepancies
                        .record(write, event, DiscrepancyReason.INVALID_RESULT)
                        .chain(() -> execute(
                                decide(transaction, Signal.RESULT_UNREADABLE), Change.of(write, transaction, event)));
    }

    private Step decide(Transaction transaction, Signal signal) {
        Step step = transaction.phase().on(signal);
        metrics.counter("transaction.signals", "signal", label(signal), "step", label(step))
                .increment();
        return step;
    }

    private Uni<Void> execute(Step step, Change change) {
        return switch (step) {
            case START_AND_GRANT -> start(change);
            case GRANT_AGAIN -> grant(change);
            case REFUSE_START -> refuse(change);
            case REFUSE_START_AND_REQUEST_REPORT -> refuse(change).invoke(() -> requestReport(change));
            case COMPLETE_AS_NEVER_RUN ->
                complete(change, CloudReport.neverRan()).call(() -> withdraw(change));
            case COMPLETE_AS_CANCELLED ->
                complete(change, CloudReport.cancelled()).call(() -> cancel(change));
            case COMPLETE_WITH_RESULT -> completeWithResult(change);
            case COMPLETE_WITH_RESULT_AND_ALERT ->
                completeWithResult(change).call(() -> record(change, DiscrepancyReason.RAN_WITHOUT_GRANT));
            case COMPLETE_AS_RESOLVED -> applyResolution(change);
            case ASK_DEVICE_TO_CANCEL -> cancel(change);
            case DELAY -> delay(change);
            case DELAY_AND_ALERT -> neverSeen(change);
            case START_AS_UNREADABLE -> startAsUnreadable(change);
            case DELAY_AS_UNREADABLE -> reportUnreadable(change);
            case COMPARE_RESULT -> compareResult(change);
            case COMPARE_REFUSAL -> compareRefusal(change);
            case NOTHING -> noChange();
        };
    }

    private Uni<Void> start(Change change) {
        started(change);
        return grant(change);
    }

    private void started(Change change) {
        Transaction transaction = change.transaction();
        transaction.started(clock.instant());
        change.write()
                .append(Topic.TRANSACTION_EVENTS, new TransactionStarted(transaction.id(), transaction.version()));
    }

    /** The device did run it: it must not expire as "never ran". */
    private Uni<Void> startAsUnreadable(Change change) {
        started(change);
        return reportUnreadable(change).call(() -> record(change, DiscrepancyReason.RAN_WITHOUT_GRANT));
    }

    private Uni<Void> reportUnreadable(Change change) {
        change.transaction().reportUnreadable(clock.instant());
        return delay(change);
    }

    private Uni<Void> record(Change change, DiscrepancyReason reason) {
        return discrepancies.record(change.write(), change.event(), reason);
    }

    private static Uni<Void> grant(Change change) {
        return command(
                change, (transaction, session) -> new GrantStart(transaction.deviceId(), session, transaction.id()));
    }

    private static Uni<Void> refuse(Change change) {
        return command(
                change, (transaction, session) -> new RefuseStart(transaction.deviceId(), session, transaction.id()));
    }

    private static Uni<Void> cancel(Change change) {
        return command(
                change,
                (transaction, session) -> new CancelTransaction(transaction.deviceId(), session, transaction.id()));
    }

    private void requestReport(Change change) {
        change.route().ifPresent(route -> requestReport(change.write(), change.transaction(), route));
    }

    /**
     * Refuses the start to a device that has the offer, so that it deletes the offer at once; one that refused has
     * nothing to delete.
     */
    private static Uni<Void> withdraw(Change change) {
        return change.event() instanceof TransactionRefused ? noChange() : refuse(change);
    }

    private static Uni<Void> command(Change change, BiFunction<Transaction, UUID, DeviceCommand> command) {
        change.route().ifPresent(route -> change.write()
                .append(
                        Topic.DEVICE_COMMANDS,
                        route.connectorIndex(),
                        command.apply(change.transaction(), route.sessionId())));
        return noChange();
    }

    private Uni<Void> complete(Change change, DeviceReport report) {
        Transaction transaction = change.transaction();
        Instant now = clock.instant();
        transaction.completed(report, now);
        metrics.counter("transaction.outcomes", "result", label(report.result()))
                .increment();
        change.write().append(Topic.TRANSACTION_EVENTS, TransactionMessages.completed(transaction, report, now));
        return transaction.callbackUrl().isEmpty() ? noChange() : scheduleCallback(change);
    }

    private Uni<Void> completeWithResult(Change change) {
        return complete(change, change.report())
                .call(() -> Rounds.sequentially(change.remarks(), remark -> record(change, remark)));
    }

    private Uni<Void> applyResolution(Change change) {
        change.transaction().resolvedManually(clock.instant());
        return complete(change, change.report());
    }

    private static Uni<Void> scheduleCallback(Change change) {
        return change.write()
                .session()
                .createNativeQuery("insert into callback (transaction_id) values (:id)")
                .setParameter("id", change.transaction().id())
                .executeUpdate()
                .replaceWithVoid();
    }

    private Uni<Void> delay(Change change) {
        Transaction transaction = change.transaction();
        if (transaction.delayed(clock.instant())) {
            change.write()
                    .append(Topic.TRANSACTION_EVENTS, new TransactionDelayed(transaction.id(), transaction.version()));
        }
        return noChange();
    }

    private Uni<Void> neverSeen(Change change) {
        if (!change.transaction().neverSeen(clock.instant())) {
            return noChange();
        }
        return delay(change).call(() -> record(change, DiscrepancyReason.NEVER_SEEN));
    }

    private Uni<Void> compareResult(Change change) {
        Transaction transaction = change.transaction();
        Optional<DeviceReport> outcome =
                transaction.outcome().map(stored -> FinalReport.normalised(transaction.request(), stored));
        if (outcome.equals(Optional.of(change.report()))) {
            return noChange();
        }
        return record(
                change,
                transaction.isResolutionConfirmedBy(change.report())
                        ? DiscrepancyReason.CONFIRMS_RESOLUTION
                        : DiscrepancyReason.CONTRADICTS_OUTCOME);
    }

    private Uni<Void> compareRefusal(Change change) {
        return change.transaction().endedInCancellation()
                ? noChange()
                : record(change, DiscrepancyReason.CONTRADICTS_OUTCOME);
    }

    private static Uni<Void> applyPrompt(WriteTransaction write, Transaction transaction, String prompt) {
        if (transaction.prompted(prompt)) {
            write.append(
                    Topic.TRANSACTION_EVENTS, new TransactionPrompted(transaction.id(), transaction.version(), prompt));
        }
        return noChange();
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Uni<Void> noChange() {
        return Uni.createFrom().voidItem();
    }
}
