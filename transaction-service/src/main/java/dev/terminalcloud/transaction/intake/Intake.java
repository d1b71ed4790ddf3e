package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.timers.NothingPending;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Accepts transactions: finds the register's device, and stores the transaction and its first events in one database
 * transaction.
 *
 * <p>Its answer is certain: a transaction that it returns is durable, and one that it rejects was not and will not be
 * started.
 */
@ApplicationScoped
class Intake {
    private final PairingLookup pairings;
    private final StartBatches starts;
    private final InDoubtCommit inDoubtCommit;
    private final NothingPending nothingPending;

    Intake(PairingLookup pairings, StartBatches starts, InDoubtCommit inDoubtCommit, NothingPending nothingPending) {
        this.pairings = pairings;
        this.starts = starts;
        this.inDoubtCommit = inDoubtCommit;
        this.nothingPending = nothingPending;
    }

    /**
     * Starts a transaction.
     *
     * @param token the pairing token that the register has sent
     * @return fails with {@link ApiException} if it was certainly not started, and with {@link InDoubtException} if
     *     even that is unknown
     */
    Uni<Transaction> start(StartRequest start, Optional<PairingToken> token) {
        return pairings.find(start.register(), token)
                .onFailure(TransientFailures::isTransient)
                .transform(StartError.UNAVAILABLE::causedBy)
                .map(pairing -> new Transaction(
                                start.register(),
                                pairing.deviceId(),
                                pairing.pairingNumber(),
                                start.request(),
                                start.callbackUrl())
                        .withId(start.transactionId())
                        .foundBy(start.posReferenceId(), start.idempotencyKeyHash())
                        .refunding(start.refunded())
                        .tracedFrom(start.traceparent()))
                .chain(this::persist);
    }

    private Uni<Transaction> persist(Transaction transaction) {
        return starts.store(transaction)
                .onFailure(InDoubtCommit::isPossible)
                .recoverWithUni(failure -> inDoubtCommit.resolve(transaction, failure))
                .onTermination()
                .invoke(nothingPending::wake);
    }
}
