package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.CancellationStatus;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageRejected;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageUnreadable;
import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.DeviceEvent.TransactionClaimed;
import dev.terminalcloud.events.DeviceEvent.TransactionFinished;
import dev.terminalcloud.events.DeviceEvent.TransactionNeverSeen;
import dev.terminalcloud.events.DeviceEvent.TransactionProgressed;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.TransactionEvent.TransactionDelayed;
import dev.terminalcloud.events.TransactionEvent.TransactionStarted;
import dev.terminalcloud.inbox.Rounds;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoute;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

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
    private final Completion completion;
    private final CancellationSteps cancellation;
    private final ProgressSteps progress;
    private final MeterRegistry metrics;
    private final Clock clock;

    Lifecycle(
            Discrepancies discrepancies,
            Completion completion,
            CancellationSteps cancellation,
            ProgressSteps progress,
            MeterRegistry metrics,
            Clock clock) {
        this.discrepancies = discrepancies;
        this.completion = completion;
        this.cancellation = cancellation;
        this.progress = progress;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Offers a transaction to the device's session; allowed any number of times while it is QUEUED. */
    public void offer(WriteTransaction write, Transaction transaction, DeviceRoute route) {
        write.continueTrace(transaction.id(), transaction.traceparent());
        transaction.offeredTo(route.sessionId(), clock.instant());
        write.append(Topic.DEVICE_COMMANDS, route.connectorIndex(), TransactionMessages.offer(transaction, route));
    }

    /** Requests a report on the transaction from its device. */
    public void requestReport(WriteTransaction write, Transaction transaction, DeviceRoute route) {
        write.continueTrace(transaction.id(), transaction.traceparent());
        DeviceCommands.requestReport(write, transaction, route);
    }

    /** Handles a signal from a clock or from the register. */
    public Uni<Void> signal(
            WriteTransaction write, Transaction transaction, Signal signal, Optional<DeviceRoute> route) {
        write.continueTrace(transaction.id(), transaction.traceparent());
        return execute(decide(transaction, signal), new Change(write, transaction, null, null, route));
    }

    /**
     * Completes the transaction with the outcome of an operator. The caller has checked {@link
     * ResolutionStatus#needsOperator}.
     */
    public Uni<Void> resolve(WriteTransaction write, Transaction transaction, DeviceReport outcome) {
        write.continueTrace(transaction.id(), transaction.traceparent());
        Change change = new Change(write, transaction, null, outcome, Optional.empty());
        return execute(decide(transaction, Signal.OPERATOR_RESOLVED), change);
    }

    /** Handles an event of the transaction's own device. */
    public Uni<Void> handle(
            WriteTransaction write,
            Transaction transaction,
            DeviceTransactionEvent event,
            Optional<DeviceRoute> route) {
        write.continueTrace(transaction.id(), event, transaction.traceparent());
        if (event instanceof DeviceMessageRejected rejected) {
            return handleRejected(write, transaction, rejected);
        }
        if (event instanceof TransactionProgressed shown) {
            return done(() -> progress.apply(write, transaction, shown));
        }
        if (!(event instanceof TransactionNeverSeen)) {
            progress.delivered(transaction);
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
        write.continueTrace(transaction.id(), claim, transaction.traceparent());
        progress.delivered(transaction);
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
        running.ifPresent(transaction -> write.continueTrace(transaction.id(), transaction.traceparent()));
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
            case GRANT_AGAIN -> done(() -> DeviceCommands.grant(change));
            case REFUSE_START -> done(() -> DeviceCommands.refuse(change));
            case REFUSE_START_AND_REQUEST_REPORT ->
                done(() -> {
                    DeviceCommands.refuse(change);
                    DeviceCommands.requestReport(change);
                });
            case COMPLETE_AS_NEVER_RUN ->
                completion.complete(change, CloudReport.neverRan()).invoke(() -> DeviceCommands.withdraw(change));
            case COMPLETE_AS_CANCELLED -> cancellation.beforeStart(change);
            case COMPLETE_WITH_RESULT -> completeWithResult(change);
            case COMPLETE_WITH_RESULT_AND_ALERT -> completeWithoutGrant(change);
            case COMPLETE_AS_RESOLVED -> applyResolution(change);
            case ASK_DEVICE_TO_CANCEL -> done(() -> cancellation.request(change));
            case END_CANCELLATION_AS_TOO_LATE -> done(() -> cancellation.end(change, CancellationStatus.TOO_LATE));
            case END_CANCELLATION_AS_UNANSWERED -> done(() -> cancellation.end(change, CancellationStatus.UNANSWERED));
            case DELAY -> delay(change);
            case DELAY_AND_ALERT -> neverSeen(change);
            case START_AS_UNREADABLE -> startAsUnreadable(change);
            case DELAY_AS_UNREADABLE -> reportUnreadable(change);
            case COMPARE_RESULT ->
                recordIfAny(change, OutcomeComparison.ofResult(change.transaction(), change.report()));
            case COMPARE_REFUSAL -> recordIfAny(change, OutcomeComparison.ofRefusal(change.transaction()));
            case NOTHING -> noChange();
        };
    }

    private Uni<Void> start(Change change) {
        started(change);
        DeviceCommands.grant(change);
        return noChange();
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

    private Uni<Void> completeWithResult(Change change) {
        return completion
                .complete(change, change.report())
                .call(() -> Rounds.sequentially(change.remarks(), remark -> record(change, remark)));
    }

    private Uni<Void> completeWithoutGrant(Change change) {
        change.transaction().ranWithoutGrant(clock.instant());
        return completeWithResult(change).call(() -> record(change, DiscrepancyReason.RAN_WITHOUT_GRANT));
    }

    private Uni<Void> applyResolution(Change change) {
        change.transaction().resolvedManually(clock.instant());
        return completion.complete(change, change.report());
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

    private Uni<Void> recordIfAny(Change change, Optional<DiscrepancyReason> discrepancy) {
        return discrepancy.map(reason -> record(change, reason)).orElseGet(Lifecycle::noChange);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Uni<Void> done(Runnable append) {
        append.run();
        return noChange();
    }

    private static Uni<Void> noChange() {
        return Uni.createFrom().voidItem();
    }
}
