package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.CancellationStatus;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.TransactionEvent.TransactionDelayed;
import dev.terminalcloud.events.TransactionEvent.TransactionStarted;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoute;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;

/**
 * Carries out what {@link Phase} decides: changes the transaction and appends the events and commands of the change to
 * the outbox, in the caller's database transaction. The caller has locked the transaction's row.
 *
 * <p>A signal adds a fact or does nothing, and is counted.
 *
 * <p>The route may be absent or stale. That loses nothing: a device that missed a grant claims again, and one that
 * missed an offer is offered it again on its next hello.
 */
@ApplicationScoped
public class Lifecycle {
    private final Discrepancies discrepancies;
    private final Completion completion;
    private final CancellationSteps cancellation;
    private final MeterRegistry metrics;

    Lifecycle(
            Discrepancies discrepancies, Completion completion, CancellationSteps cancellation, MeterRegistry metrics) {
        this.discrepancies = discrepancies;
        this.completion = completion;
        this.cancellation = cancellation;
        this.metrics = metrics;
    }

    /** Offers a transaction to the device's session; allowed any number of times while it is QUEUED. */
    public void offer(WriteTransaction write, Transaction transaction, DeviceRoute route) {
        write.continueTrace(transaction.id(), transaction.traceparent());
        transaction.add((state, now) -> state.offeredTo(route.sessionId(), now));
        write.append(Topic.DEVICE_COMMANDS, route.connectorIndex(), TransactionMessages.offer(transaction, route));
    }

    /** Requests a report on the transaction from its device. */
    public void requestReport(WriteTransaction write, Transaction transaction, DeviceRoute route) {
        write.continueTrace(transaction.id(), transaction.traceparent());
        DeviceCommands.requestReport(write, transaction, route);
    }

    /** Handles a signal from a clock or from the register. */
    public void signal(WriteTransaction write, Transaction transaction, Signal signal, Optional<DeviceRoute> route) {
        write.continueTrace(transaction.id(), transaction.traceparent());
        take(signal, new Change(write, transaction, null, null, route));
    }

    /**
     * Completes the transaction with the outcome of an operator. The caller has checked {@link
     * ResolutionStatus#needsOperator}.
     */
    public void resolve(WriteTransaction write, Transaction transaction, DeviceReport outcome) {
        write.continueTrace(transaction.id(), transaction.traceparent());
        take(Signal.OPERATOR_RESOLVED, new Change(write, transaction, null, outcome, Optional.empty()));
    }

    /** Takes the step that the transaction's phase decides on this signal. The caller has continued the transaction's trace. */
    void take(Signal signal, Change change) {
        execute(decide(change.transaction(), signal), change);
    }

    private Step decide(Transaction transaction, Signal signal) {
        Step step = transaction.phase().on(signal);
        metrics.counter("transaction.signals", "signal", label(signal), "step", label(step))
                .increment();
        return step;
    }

    private void execute(Step step, Change change) {
        switch (step) {
            case START_AND_GRANT -> {
                started(change);
                DeviceCommands.grant(change);
            }
            case GRANT_AGAIN -> DeviceCommands.grant(change);
            case REFUSE_START -> DeviceCommands.refuse(change);
            case REFUSE_START_AND_REQUEST_REPORT -> {
                DeviceCommands.refuse(change);
                DeviceCommands.requestReport(change);
            }
            case COMPLETE_AS_NEVER_RUN -> {
                completion.complete(change, CloudReport.neverRan());
                DeviceCommands.withdraw(change);
            }
            case COMPLETE_AS_CANCELLED -> cancellation.beforeStart(change);
            case COMPLETE_WITH_RESULT -> completeWithResult(change);
            case COMPLETE_WITH_RESULT_AND_ALERT -> completeWithoutGrant(change);
            case COMPLETE_AS_RESOLVED -> applyResolution(change);
            case ASK_DEVICE_TO_CANCEL -> cancellation.request(change);
            case END_CANCELLATION_AS_TOO_LATE -> cancellation.end(change, CancellationStatus.TOO_LATE);
            case END_CANCELLATION_AS_UNANSWERED -> cancellation.end(change, CancellationStatus.UNANSWERED);
            case DELAY -> delay(change);
            case DELAY_AND_ALERT -> neverSeen(change);
            case START_AS_UNREADABLE -> startAsUnreadable(change);
            case DELAY_AS_UNREADABLE -> reportUnreadable(change);
            case COMPARE_RESULT ->
                OutcomeComparison.ofResult(change.transaction(), change.report())
                        .ifPresent(reason -> record(change, reason));
            case COMPARE_REFUSAL ->
                OutcomeComparison.ofRefusal(change.transaction()).ifPresent(reason -> record(change, reason));
            case NOTHING -> {}
        }
    }

    private void started(Change change) {
        Transaction transaction = change.transaction();
        transaction.add(TransactionState::started);
        change.write()
                .append(Topic.TRANSACTION_EVENTS, new TransactionStarted(transaction.id(), transaction.version()));
    }

    /** The device did run it: it must not expire as "never ran". */
    private void startAsUnreadable(Change change) {
        started(change);
        reportUnreadable(change);
        record(change, DiscrepancyReason.RAN_WITHOUT_GRANT);
    }

    private void reportUnreadable(Change change) {
        change.transaction().add(TransactionState::reportUnreadable);
        delay(change);
    }

    private void record(Change change, DiscrepancyReason reason) {
        discrepancies.record(change.write(), change.event(), reason);
    }

    private void completeWithResult(Change change) {
        completion.complete(change, change.report());
        change.remarks().forEach(remark -> record(change, remark));
    }

    private void completeWithoutGrant(Change change) {
        change.transaction().add(TransactionState::ranWithoutGrant);
        completeWithResult(change);
        record(change, DiscrepancyReason.RAN_WITHOUT_GRANT);
    }

    private void applyResolution(Change change) {
        change.transaction().add(TransactionState::resolvedManually);
        completion.complete(change, change.report());
    }

    private void delay(Change change) {
        Transaction transaction = change.transaction();
        if (transaction.add(TransactionState::delayed)) {
            change.write()
                    .append(Topic.TRANSACTION_EVENTS, new TransactionDelayed(transaction.id(), transaction.version()));
        }
    }

    private void neverSeen(Change change) {
        if (change.transaction().add(TransactionState::neverSeen)) {
            delay(change);
            record(change, DiscrepancyReason.NEVER_SEEN);
        }
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
