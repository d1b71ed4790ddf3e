package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.CancellationStatus;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.TransactionEvent.CancellationChanged;
import jakarta.enterprise.context.ApplicationScoped;

/** The steps of {@link Lifecycle} by which a register cancels a transaction. */
@ApplicationScoped
class CancellationSteps {
    private final Completion completion;

    CancellationSteps(Completion completion) {
        this.completion = completion;
    }

    /** Ends a transaction that its device has not claimed. */
    void beforeStart(Change change) {
        change.transaction().change(TransactionState::cancelledBeforeStart);
        completion.complete(change, CloudReport.cancelled());
        DeviceCommands.cancel(change);
    }

    /** Asks the device to stop it, also while it is being asked; not again if it has answered that it can't. */
    void request(Change change) {
        if (change.transaction().add(TransactionState::cancelRequested)) {
            append(change);
        }
        if (change.transaction().state().isCancellationOpen()) {
            DeviceCommands.cancel(change);
        }
    }

    /** Shows that the device can't stop it, or has not answered. */
    void end(Change change, CancellationStatus status) {
        if (change.transaction().change(state -> state.cancellationEnded(status))) {
            append(change);
        }
    }

    private static void append(Change change) {
        Transaction transaction = change.transaction();
        change.write()
                .append(
                        Topic.TRANSACTION_EVENTS,
                        new CancellationChanged(
                                transaction.id(),
                                transaction.version(),
                                transaction.cancellation().orElseThrow()));
    }
}
