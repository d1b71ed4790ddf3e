package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.TransactionEvent.TransactionAccepted;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.transaction.lifecycle.Lifecycle;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionRequest;
import dev.terminalcloud.transaction.timers.NothingPending;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
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
    private final DeviceRoutes routes;
    private final IntakeTable table;
    private final InDoubtCommit inDoubtCommit;
    private final Lifecycle lifecycle;
    private final Outbox outbox;
    private final NothingPending nothingPending;

    Intake(
            PairingLookup pairings,
            DeviceRoutes routes,
            IntakeTable table,
            InDoubtCommit inDoubtCommit,
            Lifecycle lifecycle,
            Outbox outbox,
            NothingPending nothingPending) {
        this.pairings = pairings;
        this.routes = routes;
        this.table = table;
        this.inDoubtCommit = inDoubtCommit;
        this.lifecycle = lifecycle;
        this.outbox = outbox;
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
                        start.callbackUrl()))
                .chain(this::persist);
    }

    private Uni<Transaction> persist(Transaction transaction) {
        return outbox.inTransaction(write -> routes.lock(write.session(), transaction.deviceId())
                        .invoke(route -> offer(write, transaction, route))
                        .chain(() -> table.insert(write.session(), transaction))
                        .map(inserted -> accept(write, transaction, inserted)))
                .onFailure(InDoubtCommit::isPossible)
                .recoverWithUni(failure -> inDoubtCommit.resolve(transaction, failure))
                .onTermination()
                .invoke(nothingPending::wake);
    }

    private void offer(WriteTransaction write, Transaction transaction, Optional<DeviceRoute> route) {
        route.ifPresent(current -> lifecycle.offer(write, transaction, current));
    }

    private static Transaction accept(WriteTransaction write, Transaction transaction, Optional<Instant> inserted) {
        Instant createdAt = inserted.orElseThrow(StartError.DEVICE_BUSY::exception);
        transaction.accepted(createdAt);
        write.append(Topic.TRANSACTION_EVENTS, acceptedEvent(transaction));
        return transaction;
    }

    private static TransactionAccepted acceptedEvent(Transaction transaction) {
        TransactionRequest request = transaction.request();
        return new TransactionAccepted(
                transaction.id(),
                transaction.version(),
                transaction.register().vendorName(),
                transaction.register().businessName(),
                transaction.register().registerId(),
                transaction.deviceId(),
                request.function().wireName(),
                request.amounts(),
                transaction.createdAt());
    }
}
