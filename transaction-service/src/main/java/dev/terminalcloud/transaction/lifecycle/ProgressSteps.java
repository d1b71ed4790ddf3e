package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceEvent.TransactionProgressed;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.TransactionEvent.TransactionDelivered;
import dev.terminalcloud.events.TransactionEvent.TransactionPrompted;
import dev.terminalcloud.outbox.WriteTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** The steps of {@link Lifecycle} that show how far a transaction has got at its device. They decide nothing. */
@ApplicationScoped
class ProgressSteps {
    private final TransactionTimes times;
    private final Clock clock;

    ProgressSteps(TransactionTimes times, Clock clock) {
        this.times = times;
        this.clock = clock;
    }

    /** Marks that its device has it. */
    void delivered(Transaction transaction) {
        Instant now = clock.instant();
        if (transaction.change(state -> state.delivered(now))) {
            times.delivered(transaction, now);
        }
    }

    /** Shows that its device has it, and the prompt. */
    void apply(WriteTransaction write, Transaction transaction, TransactionProgressed progress) {
        Instant now = clock.instant();
        if (transaction.change(state -> state.sent(now))) {
            times.delivered(transaction, now);
            write.append(Topic.TRANSACTION_EVENTS, new TransactionDelivered(transaction.id(), transaction.version()));
        }
        if (transaction.change(state -> state.prompted(progress.prompt()))) {
            write.append(
                    Topic.TRANSACTION_EVENTS,
                    new TransactionPrompted(transaction.id(), transaction.version(), progress.prompt()));
        }
    }
}
