package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.database.DatabaseRetry;
import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.events.TransactionEvent.TransactionCompleted;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.CompletedTransactions;
import dev.terminalcloud.transaction.lifecycle.Phase;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.polling.Envelope;
import dev.terminalcloud.transaction.subscription.ChangeNotifier;
import dev.terminalcloud.transaction.subscription.ChangeSubscription;
import dev.terminalcloud.transaction.subscription.PrecedingSteps;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Held requests of the older synchronous mode: the response is held until the transaction ends (POS API, section 6).
 */
@ApplicationScoped
class HeldRequests {
    private final ChangeNotifier changes;
    private final TransactionTable transactions;
    private final CompletedTransactions completed;
    private final TransactionConfiguration config;

    HeldRequests(
            ChangeNotifier changes,
            TransactionTable transactions,
            CompletedTransactions completed,
            TransactionConfiguration config) {
        this.changes = changes;
        this.transactions = transactions;
        this.completed = completed;
        this.config = config;
    }

    /**
     * Listens for the end of a transaction that is not stored yet, so that {@link #await(UUID, ChangeSubscription)} misses it in no case.
     * Must be called on the Vert.x context to continue on; must be closed if nothing awaits it.
     */
    ChangeSubscription listen(UUID id) {
        return changes.subscribe(id, TransactionCompleted.class::isInstance);
    }

    /**
     * Waits for the end of the transaction, as {@link #await(UUID)} does, for a caller that has listened before it was stored: nothing has
     * to be read before.
     */
    Uni<Transaction> await(UUID id, ChangeSubscription listening) {
        return Uni.createFrom()
                .<Void>emitter(changed -> {
                    changed.onTermination(listening::close);
                    listening.await(config.syncTimeout(), () -> changed.complete(null));
                })
                .chain(() -> completed
                        .take(id)
                        .map(ended -> Uni.createFrom().item(ended))
                        .orElseGet(() -> load(id)));
    }

    /**
     * Waits for the end of the transaction; keeps no state of it meanwhile.
     *
     * @return the completed transaction, or its state when the time is up; fails with {@link InDoubtException} if the
     *     database does not answer
     */
    Uni<Transaction> await(UUID id) {
        ChangeSubscription listening = listen(id);
        return PrecedingSteps.of(() -> load(id))
                .onFailure()
                .invoke(listening::close)
                .map(now -> now.phase() == Phase.COMPLETED ? Optional.of(now) : Optional.<Transaction>empty())
                .chain(ended -> ended.isPresent() ? ended(ended.get(), listening) : await(id, listening));
    }

    private static Uni<Transaction> ended(Transaction now, ChangeSubscription listening) {
        listening.close();
        return Uni.createFrom().item(now);
    }

    /** Loads the state of the accepted transaction: no other response would be correct. */
    private Uni<Transaction> load(UUID id) {
        return DatabaseRetry.run(() -> transactions.load(id))
                .onFailure(TransientFailures::isTransient)
                .transform(unreachable -> new InDoubtException(id, unreachable));
    }

    /** Returns the response to the synchronous start of the transaction. */
    Envelope response(Transaction transaction) {
        return transaction.phase() == Phase.COMPLETED
                ? Envelope.polled(transaction, config.retention())
                : Envelope.withPollingUrl(transaction, config);
    }
}
