package dev.terminalcloud.pairing.administration;

import dev.terminalcloud.administration.AuditAction;
import dev.terminalcloud.administration.AuditedChanges;
import dev.terminalcloud.administration.ChangeRequest;
import dev.terminalcloud.administration.ChangeResult;
import dev.terminalcloud.administration.ChangeResult.Outcome;
import dev.terminalcloud.administration.Operator;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.PairingMetrics;
import dev.terminalcloud.pairing.PairingMetrics.PairingOutcome;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.pairing.history.PairingEnd;
import dev.terminalcloud.pairing.registers.DevicePairing;
import dev.terminalcloud.pairing.registers.RegisterKey;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.routes.DeviceRoutes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Changes of pairings by operators. The register need not act: its next transaction goes to the device of its new pairing. */
@ApplicationScoped
class PairingChanges {
    private final AuditedChanges changes;
    private final DeviceRoutes routes;
    private final DevicePairing pairing;
    private final PairingMetrics metrics;
    private final Clock clock;

    PairingChanges(
            AuditedChanges changes, DeviceRoutes routes, DevicePairing pairing, PairingMetrics metrics, Clock clock) {
        this.changes = changes;
        this.routes = routes;
        this.pairing = pairing;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** @param revoke true: the previous device may no longer connect */
    record Replacement(String previousId, String replacementId, boolean revoke) {}

    /**
     * Hands the register of the previous device over to the replacement; the register keeps its pairing token. A transaction
     * in progress stays with the device that it was sent to.
     */
    Uni<Outcome> replace(Operator operator, Replacement replacement) {
        List<String> devices = List.of(replacement.previousId(), replacement.replacementId());
        ChangeRequest request =
                ChangeRequest.of(operator, AuditAction.REPLACE, replacement.previousId(), replacement.replacementId());
        return changes.execute(request, transaction -> routes.lockAll(transaction.session(), devices)
                        .chain(current -> replace(transaction, operator, replacement, current)))
                .invoke(outcome -> metrics.increment(PairingOutcome.DEVICE_REPLACED));
    }

    private Uni<ChangeResult> replace(
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
                                .map(refusal -> Uni.createFrom().item(refusal))
                                .orElseGet(() -> handOver(transaction, operator, previous, next, current)
                                        .invoke(change -> revoke(transaction, replacement, previous, change)))));
    }

    private static Optional<ChangeResult> check(Replacement replacement, Device previous, Device next) {
        if (previous == null) {
            return Optional.of(DeviceChanges.deviceNotFound(replacement.previousId()));
        }
        if (next == null) {
            return Optional.of(DeviceChanges.deviceNotFound(replacement.replacementId()));
        }
        return next.isRevoked()
                ? Optional.of(ChangeResult.refused(409, "Device " + next.id() + " is revoked"))
                : Optional.empty();
    }

    private Uni<ChangeResult> handOver(
            WriteTransaction transaction,
            Operator operator,
            Device previous,
            Device next,
            Map<String, DeviceRoute> current) {
        return pairing.registerOf(transaction.session(), next.id())
                .chain(taken -> taken.isPresent()
                        ? Uni.createFrom().item(devicePaired(next, taken.get()))
                        : pairing.handOver(transaction, previous, next, operator.address(), current)
                                .map(register -> register.map(key -> of(key, ChangeResult.done()))
                                        .orElseGet(() -> deviceNotPaired(previous))));
    }

    private void revoke(WriteTransaction transaction, Replacement replacement, Device previous, ChangeResult change) {
        if (replacement.revoke() && change.outcome() == Outcome.DONE) {
            DeviceChanges.revoke(transaction, previous, clock.instant());
        }
    }

    /** @param pairingNumber the number that the pairing must have; absent for any */
    Uni<Outcome> unpair(Operator operator, String deviceId, OptionalLong pairingNumber) {
        return changes.execute(ChangeRequest.of(operator, AuditAction.UNPAIR, deviceId), transaction -> routes.lock(
                                transaction.session(), deviceId)
                        .chain(route -> transaction
                                .session()
                                .find(Device.class, deviceId)
                                .chain(device -> device == null
                                        ? Uni.createFrom().item(DeviceChanges.deviceNotFound(deviceId))
                                        : unpair(transaction, device, pairingNumber, route))))
                .invoke(outcome -> metrics.increment(PairingOutcome.UNPAIRED_BY_OPERATOR));
    }

    private Uni<ChangeResult> unpair(
            WriteTransaction transaction, Device device, OptionalLong pairingNumber, Optional<DeviceRoute> route) {
        return pairing.registerOf(transaction.session(), device.id()).chain(register -> {
            if (register.isEmpty()) {
                return Uni.createFrom().item(deviceNotPaired(device));
            }
            long newest = device.pairingNumber();
            if (pairingNumber.orElse(newest) != newest) {
                return Uni.createFrom().item(of(register.get(), pairingNumberMismatch(device, pairingNumber)));
            }
            return pairing.unpair(transaction, device, newest, PairingEnd.UNPAIRED_BY_OPERATOR, route)
                    .replaceWith(of(register.get(), ChangeResult.done()));
        });
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
