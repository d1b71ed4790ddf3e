package dev.terminalcloud.transaction.unpairing;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.events.PairingConfirmation.RegisterUnpairRequested;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.pairings.KnownRegister;
import dev.terminalcloud.transaction.pairings.Pairing;
import dev.terminalcloud.transaction.pairings.PairingTable;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Ends the pairing of a register that asks for it.
 *
 * <p>Only this service knows whether a transaction runs, and only pairing-service ends pairings. So this one checks, under the
 * lock of the device, that nothing runs, lets nothing start from then on, and requests the end by an event, all in one database
 * transaction; then it waits until the copy of the pairings shows the end.
 */
@ApplicationScoped
class Unpairing {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(25);

    private final PairingTable pairings;
    private final DeviceRoutes routes;
    private final TransactionTable transactions;
    private final Outbox outbox;
    private final Duration timeout;

    Unpairing(
            PairingTable pairings,
            DeviceRoutes routes,
            TransactionTable transactions,
            Outbox outbox,
            TransactionConfiguration config) {
        this.pairings = pairings;
        this.routes = routes;
        this.transactions = transactions;
        this.outbox = outbox;
        this.timeout = config.unpairTimeout();
    }

    /**
     * Ends the register's pairing; a register without one is unpaired already. Completes when the pairing has ended, on the
     * caller's Vert.x context.
     *
     * @return fails with {@link ApiException}: 401 if the token is not the register's, 400 if the business is another, 409 if
     *     a transaction of the register has not ended, 503 if the result is unknown or the pairing does not end in time
     */
    Uni<Void> unpair(RegisterIdentity register, PairingToken token) {
        return endAll(register, token)
                .onFailure(TransientFailures::isTransient)
                .transform(UnpairingError.UNAVAILABLE::causedBy);
    }

    /** Ends the pairing, and any that an operator makes meanwhile by replacing the device: the token stays the same. */
    private Uni<Void> endAll(RegisterIdentity register, PairingToken token) {
        return find(register, token)
                .chain(pairing -> pairing.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : requestEnd(register, pairing.get())
                                .chain(() -> awaitEnd(register, pairing.get()))
                                .chain(() -> endAll(register, token)));
    }

    private Uni<Optional<Pairing>> find(RegisterIdentity register, PairingToken token) {
        return pairings.find(register).map(found -> {
            token.check(found.map(KnownRegister::tokenHash).orElse(null));
            return found.flatMap(known -> checkBusiness(known, register).current());
        });
    }

    private static KnownRegister checkBusiness(KnownRegister known, RegisterIdentity register) {
        if (known.current().isPresent() && !register.businessName().equals(known.businessName())) {
            throw UnpairingError.OTHER_BUSINESS.exception();
        }
        return known;
    }

    /** Requests it again each time: an earlier request may have come to a build that did not know it. */
    private Uni<Void> requestEnd(RegisterIdentity register, Pairing pairing) {
        return outbox.inTransaction(write -> routes.lock(write.session(), pairing.deviceId())
                .chain(() -> transactions.lock(write, List.of(), List.of(pairing.deviceId())))
                .invoke(unfinished -> unfinished.values().forEach(transaction -> checkOther(transaction, register)))
                .chain(() -> pairings.endStarts(write.session(), register, pairing))
                .invoke(isCurrent -> appendRequest(write, register, pairing, isCurrent))
                .replaceWithVoid());
    }

    /** A transaction that its device has never seen does not run. */
    private static void checkOther(Transaction unfinished, RegisterIdentity register) {
        boolean isOwn = !unfinished.state().wasNeverSeen()
                && unfinished.register().vendorName().equals(register.vendorName())
                && unfinished.register().registerId().equals(register.registerId());
        if (isOwn) {
            throw UnpairingError.DEVICE_BUSY.exception();
        }
    }

    private static void appendRequest(
            WriteTransaction write, RegisterIdentity register, Pairing pairing, boolean isCurrent) {
        if (isCurrent) {
            write.append(
                    Topic.PAIRING_CONFIRMATIONS,
                    new RegisterUnpairRequested(
                            register.vendorName(), register.registerId(), pairing.deviceId(), pairing.pairingNumber()));
        }
    }

    /** Holds no connection and no lock meanwhile. */
    private Uni<Void> awaitEnd(RegisterIdentity register, Pairing pairing) {
        Executor context = MutinyHelper.executor(Vertx.currentContext());
        return Uni.createFrom()
                .deferred(() -> pairings.find(register))
                .map(found -> found.flatMap(KnownRegister::current))
                .repeat()
                .withDelay(POLL_INTERVAL)
                .indefinitely()
                .select()
                .where(current -> !current.equals(Optional.of(pairing)))
                .toUni()
                .replaceWithVoid()
                .ifNoItem()
                .after(timeout)
                .recoverWithUni(() -> Uni.createFrom().failure(UnpairingError.UNAVAILABLE.exception()))
                .emitOn(context);
    }
}
