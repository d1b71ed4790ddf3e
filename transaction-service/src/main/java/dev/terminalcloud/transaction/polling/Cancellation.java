package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.Lifecycle;
import dev.terminalcloud.transaction.lifecycle.Signal;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Cancels a transaction that the register no longer wants: for certain while its device has not claimed it, and
 * otherwise by asking the device. {@code data.Cancellation} shows the answer: within 15 seconds it is done, too late
 * or unanswered. Asking again, or too late, changes nothing; asking again after no answer asks the device again.
 */
@ApplicationScoped
class Cancellation {
    private final Polling polling;
    private final Outbox outbox;
    private final DeviceRoutes routes;
    private final TransactionTable transactions;
    private final Lifecycle lifecycle;
    private final TransactionConfiguration config;

    Cancellation(
            Polling polling,
            Outbox outbox,
            DeviceRoutes routes,
            TransactionTable transactions,
            Lifecycle lifecycle,
            TransactionConfiguration config) {
        this.polling = polling;
        this.outbox = outbox;
        this.routes = routes;
        this.transactions = transactions;
        this.lifecycle = lifecycle;
        this.config = config;
    }

    /**
     * Cancels the transaction, or asks its device to.
     *
     * @return the state of the transaction after that; fails with {@link ApiException} as a poll does
     */
    Uni<Envelope> cancel(String transactionId, String token) {
        return polling.poll(transactionId, token, 0)
                .chain(polled -> polled.isCompleted() ? Uni.createFrom().item(polled) : cancel(polled))
                .map(Envelope::answeringCancellation)
                .onFailure(TransientFailures::isTransient)
                .transform(PollingError.UNAVAILABLE::causedBy);
    }

    private Uni<Envelope> cancel(Envelope running) {
        return outbox.inTransaction(write -> routes.lock(write.session(), running.deviceId())
                .chain(route -> cancel(write, running.transactionId(), route)));
    }

    private Uni<Envelope> cancel(WriteTransaction write, UUID id, Optional<DeviceRoute> route) {
        return transactions.lock(write, List.of(id), List.of()).map(found -> {
            Transaction transaction = found.get(id);
            lifecycle.signal(write, transaction, Signal.CANCEL, route);
            return Envelope.polled(transaction, config.retention());
        });
    }
}
