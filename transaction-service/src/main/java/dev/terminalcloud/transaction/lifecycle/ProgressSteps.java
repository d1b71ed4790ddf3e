package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceEvent.TransactionProgressed;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.TransactionEvent.TransactionDelivered;
import dev.terminalcloud.events.TransactionEvent.TransactionPrompted;
import dev.terminalcloud.outbox.WriteTransaction;
import jakarta.enterprise.context.ApplicationScoped;

/** The steps of {@link Lifecycle} that show how far a transaction has got at its device. They decide nothing. */
@ApplicationScoped
class ProgressSteps {
    private final TransactionTimes times;

    ProgressSteps(TransactionTimes times) {
        this.times = times;
    }

    /** Marks that its device has it. */
    void delivered(WriteTransaction write, Transaction transaction) {
        if (transaction.add(TransactionState::delivered)) {
            times.delivered(write, transaction);
        }
    }

    /** Shows that its device has it, and the prompt. */
    void apply(WriteTransaction write, Transaction transaction, TransactionProgressed progress) {
        if (transaction.add(TransactionState::sent)) {
            times.delivered(write, transaction);
            write.append(Topic.TRANSACTION_EVENTS, new TransactionDelivered(transaction.id(), transaction.version()));
        }
        if (transaction.change(state -> state.prompted(progress.prompt()))) {
            write.append(
                    Topic.TRANSACTION_EVENTS,
                    new TransactionPrompted(transaction.id(), transaction.version(), progress.prompt()));
        }
    }
}
