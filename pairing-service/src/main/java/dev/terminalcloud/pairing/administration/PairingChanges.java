package dev.terminalcloud.pairing.administration;

import dev.terminalcloud.administration.AuditAction;
import dev.terminalcloud.administration.AuditedChanges;
import dev.terminalcloud.administration.ChangeRequest;
import dev.terminalcloud.administration.ChangeResult;
import dev.terminalcloud.administration.ChangeResult.Outcome;
import dev.terminalcloud.administration.Operator;
import dev.terminalcloud.events.PairingEvent.RegisterState;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.PairingMetrics;
import dev.terminalcloud.pairing.PairingMetrics.PairingOutcome;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.pairing.history.PairingEnd;
import dev.terminalcloud.pairing.registers.DevicePairing;
import dev.terminalcloud.pairing.registers.PairingConfirmations;
import dev.terminalcloud.pairing.registers.RegisterKey;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.routes.DeviceRoutes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Changes of pairings by operators. The register need not act: its next transaction goes to the device of its new pairing.
 * Each change completes with its confirmation, and fails with 503 if it is committed and not confirmed in time.
 */
@ApplicationScoped
class PairingChanges {
    private static final String UNCONFIRMED =
            "The change is made, but transaction-service has not confirmed it yet: until"
                    + " it does, a start may follow the previous pairing. Nothing is granted under a pairing that has ended";

    private final AuditedChanges changes;
    private final DeviceRoutes routes;
    private final DevicePairing pairing;
    private final OwnerPolicy owners;
    private final PairingConfirmations confirmations;
    private final PairingMetrics metrics;

    PairingChanges(
            AuditedChanges changes,
            DeviceRoutes routes,
            DevicePairing pairing,
            OwnerPolicy owners,
            PairingConfirmations confirmations,
            PairingMetrics metrics) {
        this.changes = changes;
        this.routes = routes;
        this.pairing = pairing;
        this.owners = owners;
        this.confirmations = confirmations;
        this.metrics = metrics;
    }

    /** @param revoke true: the previous device may no longer connect */
    record Replacement(String previousId, String replacementId, boolean revoke) {}

    /**
     * Hands the register of the previous device over to the replacement; the register keeps its pairing token. A transaction
     * stays with the device that it was sent to, which runs it only if it was granted before.
     */
    Uni<Outcome> replace(Operator operator, Replacement replacement) {
        List<String> devices = List.of(replacement.previousId(), replacement.replacementId());
        ChangeRequest request =
                ChangeRequest.of(operator, AuditAction.REPLACE, replacement.previousId(), replacement.replacementId());
        return execute(
                request, PairingOutcome.DEVICE_REPLACED, transaction -> routes.lockAll(transaction.session(), devices)
                        .chain(current -> replace(transaction, operator, replacement, current)));
    }

    private Uni<PairingChange> replace(
            WriteTransaction transaction,
            Operator operator,
            Replacement replacement,
            Map<String, DeviceRoute> current) {
        return transaction
                .session()
                .find(Device.class, replacement.previousId())
                .chain(previous -> transaction
                        .session()
                        .find(Device.class, replacement.replacementId())
                        .chain(next -> check(replacement, previous, next)
                                .map(PairingChanges::rejected)
                                .orElseGet(() -> handOver(transaction, operator, previous, next, current)
                                        .invoke(change ->
                                                revoke(transaction, replacement, previous, change.result())))));
    }

    private Optional<ChangeResult> check(Replacement replacement, Device previous, Device next) {
        if (previous == null) {
            return Optional.of(DeviceChanges.deviceNotFound(replacement.previousId()));
        }
        if (next == null) {
            return Optional.of(DeviceChanges.deviceNotFound(replacement.replacementId()));
        }
        return next.isRevoked()
                ? Optional.of(ChangeResult.refused(409, "Device " + next.id() + " is revoked"))
                : owners.refusalToReplace(previous, next);
    }

    private Uni<PairingChange> handOver(
            WriteTransaction transaction,
            Operator operator,
            Device previous,
            Device next,
            Map<String, DeviceRoute> current) {
        return pairing.registerOf(transaction.session(), next.id())
                .chain(taken -> taken.isPresent()
                        ? rejected(devicePaired(next, taken.get()))
                        : pairing.handOver(transaction, previous, next, operator.address(), current)
                                .map(moved -> moved.map(PairingChange::made)
                                        .orElseGet(() -> new PairingChange(deviceNotPaired(previous), null))));
    }

    private void revoke(WriteTransaction transaction, Replacement replacement, Device previous, ChangeResult change) {
        if (replacement.revoke() && change.outcome() == Outcome.DONE) {
            DeviceChanges.revoke(transaction, previous);
        }
    }

    /** @param pairingNumber the number that the pairing must have; absent for any */
    Uni<Outcome> unpair(Operator operator, String deviceId, OptionalLong pairingNumber) {
        ChangeRequest request = ChangeRequest.of(operator, AuditAction.UNPAIR, deviceId);
        return execute(request, PairingOutcome.UNPAIRED_BY_OPERATOR, transaction -> routes.lock(
                        transaction.session(), deviceId)
                .chain(() -> transaction.session().find(Device.class, deviceId))
                .chain(device -> device == null
                        ? rejected(DeviceChanges.deviceNotFound(deviceId))
                        : unpair(transaction, device, pairingNumber)));
    }

    private Uni<PairingChange> unpair(WriteTransaction transaction, Device device, OptionalLong pairingNumber) {
        return pairing.registerOf(transaction.session(), device.id()).chain(register -> {
            if (register.isEmpty()) {
                return rejected(deviceNotPaired(device));
            }
            long newest = device.pairingNumber();
            if (pairingNumber.orElse(newest) != newest) {
                return rejected(of(register.get(), pairingNumberMismatch(device, pairingNumber)));
            }
            return pairing.unpair(transaction, device, newest, PairingEnd.UNPAIRED_BY_OPERATOR)
                    .map(Optional::orElseThrow)
                    .map(PairingChange::made);
        });
    }

    private Uni<Outcome> execute(
            ChangeRequest request, PairingOutcome counted, Function<WriteTransaction, Uni<PairingChange>> work) {
        AtomicReference<RegisterState> committed = new AtomicReference<>();
        return changes.execute(request, transaction -> work.apply(transaction)
                        .invoke(change -> committed.set(change.committed()))
                        .map(PairingChange::result))
                .invoke(() -> metrics.increment(counted))
                .call(() -> confirmations.await(committed.get()).invoke(PairingChanges::checkConfirmed));
    }

    private static void checkConfirmed(boolean confirmed) {
        if (!confirmed) {
            throw ApiException.of(503, UNCONFIRMED);
        }
    }

    /** @param committed the state of the register that was made; null if nothing was changed */
    private record PairingChange(ChangeResult result, RegisterState committed) {
        static PairingChange made(RegisterState state) {
            return new PairingChange(ChangeResult.done().withRegister(state.vendorName(), state.registerId()), state);
        }
    }

    private static Uni<PairingChange> rejected(ChangeResult result) {
        return Uni.createFrom().item(new PairingChange(result, null));
    }

    private static ChangeResult of(RegisterKey register, ChangeResult change) {
        return change.withRegister(register.vendorName(), register.registerId());
    }

    private static ChangeResult pairingNumberMismatch(Device device, OptionalLong pairingNumber) {
        return ChangeResult.refused(
                409,
                "pairingNumber of device %s is %d, not %d"
                        .formatted(device.id(), device.pairingNumber(), pairingNumber.orElseThrow()));
    }

    private static ChangeResult deviceNotPaired(Device device) {
        return ChangeResult.refused(409, "Device " + device.id() + " is not paired");
    }

    private static ChangeResult devicePaired(Device device, RegisterKey register) {
        return ChangeResult.refused(
                409,
                "Device %s is paired with register %s of vendor %s. Unpair it first"
                        .formatted(device.id(), register.registerId(), register.vendorName()));
    }
}
