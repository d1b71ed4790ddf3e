package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceEvent.DeviceMessageRejected;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageUnreadable;
import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.DeviceEvent.TransactionClaimed;
import dev.terminalcloud.events.DeviceEvent.TransactionFinished;
import dev.terminalcloud.events.DeviceEvent.TransactionNeverSeen;
import dev.terminalcloud.events.DeviceEvent.TransactionProgressed;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoute;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * The steps of {@link Lifecycle} that events of a device bring about. Nothing here throws because of what a device sends. The caller has
 * locked the transaction's row.
 */
@ApplicationScoped
public class DeviceEventSteps {
    private final Lifecycle lifecycle;
    private final Discrepancies discrepancies;
    private final ProgressSteps progress;

    DeviceEventSteps(Lifecycle lifecycle, Discrepancies discrepancies, ProgressSteps progress) {
        this.lifecycle = lifecycle;
        this.discrepancies = discrepancies;
        this.progress = progress;
    }

    /** Applies an event of the transaction's own device. */
    public void apply(
            WriteTransaction write,
            Transaction transaction,
            DeviceTransactionEvent event,
            Optional<DeviceRoute> route) {
        write.continueTrace(transaction.id(), event, transaction.traceparent());
        if (event instanceof DeviceMessageRejected rejected) {
            applyRejected(write, transaction, rejected);
            return;
        }
        if (event instanceof TransactionProgressed shown) {
            progress.apply(write, transaction, shown);
            return;
        }
        if (!(event instanceof TransactionNeverSeen)) {
            progress.delivered(write, transaction);
        }
        if (event instanceof TransactionFinished finished) {
            applyFinished(write, transaction, finished, route);
            return;
        }
        Signal signal = DeviceSignals.of(event, transaction.state().hasUnreadableReport());
        lifecycle.take(signal, new Change(write, transaction, event, null, route));
    }

    /** Applies a claim under a pairing that has ended, which is never granted. */
    public void applyClaimAfterUnpairing(
            WriteTransaction write, Transaction transaction, TransactionClaimed claim, Optional<DeviceRoute> route) {
        write.continueTrace(transaction.id(), claim, transaction.traceparent());
        progress.delivered(write, transaction);
        lifecycle.take(Signal.CLAIMED_AFTER_UNPAIRING, new Change(write, transaction, claim, null, route));
    }

    /**
     * Applies a message that its device's connector could not parse.
     *
     * @param running the transaction that the device runs, which the message may be about
     */
    public void applyUnreadable(WriteTransaction write, Optional<Transaction> running, DeviceMessageUnreadable event) {
        discrepancies.recordUnreadable(
                write, event, running.map(Transaction::id).orElse(null));
        running.ifPresent(transaction -> {
            write.continueTrace(transaction.id(), transaction.traceparent());
            lifecycle.take(Signal.MESSAGE_UNREADABLE, Change.of(write, transaction, null));
        });
    }

    private void applyRejected(WriteTransaction write, Transaction transaction, DeviceMessageRejected event) {
        discrepancies.record(write, event, DiscrepancyReason.REJECTED_MESSAGE);
        DeviceSignals.ofRejected(event)
                .ifPresent(signal -> lifecycle.take(signal, Change.of(write, transaction, event)));
    }

    private void applyFinished(
            WriteTransaction write, Transaction transaction, TransactionFinished event, Optional<DeviceRoute> route) {
        Optional<FinalReport> report = FinalReport.of(transaction.request(), event.report());
        if (report.isPresent()) {
            List<DiscrepancyReason> remarks = report.get().remarks(transaction.request(), event);
            lifecycle.take(
                    Signal.FINISHED,
                    new Change(write, transaction, event, report.get().outcome(), remarks, route));
        } else if (!transaction.outcome().equals(Optional.of(event.report()))) {
            discrepancies.record(write, event, DiscrepancyReason.INVALID_RESULT);
            lifecycle.take(Signal.RESULT_UNREADABLE, Change.of(write, transaction, event));
        }
    }
}
