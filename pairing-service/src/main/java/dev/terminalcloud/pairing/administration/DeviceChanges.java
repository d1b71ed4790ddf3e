package dev.terminalcloud.pairing.administration;

import dev.terminalcloud.administration.AuditAction;
import dev.terminalcloud.administration.AuditedChanges;
import dev.terminalcloud.administration.ChangeRequest;
import dev.terminalcloud.administration.ChangeResult;
import dev.terminalcloud.administration.ChangeResult.Outcome;
import dev.terminalcloud.administration.Operator;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceAdmitted;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceRevoked;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.routes.DeviceRoutes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiFunction;

/** Changes of which devices may connect, and with which secret. Each change ends a connection that it no longer allows. */
@ApplicationScoped
class DeviceChanges {
    private final AuditedChanges changes;
    private final DeviceRoutes routes;
    private final OwnerPolicy owners;

    DeviceChanges(AuditedChanges changes, DeviceRoutes routes, OwnerPolicy owners) {
        this.changes = changes;
        this.routes = routes;
        this.owners = owners;
    }

    /**
     * Allows the device to connect with this secret, whether it is new, known or revoked.
     *
     * @param owner null leaves the owner of a known device as it is
     */
    Uni<Outcome> register(Operator operator, String deviceId, String secret, String owner) {
        ChangeRequest request = OwnerChanges.request(operator, AuditAction.REGISTER, deviceId, owner);
        return changes.execute(request, transaction -> routes.lock(transaction.session(), deviceId)
                .chain(() -> transaction.session().find(Device.class, deviceId))
                .chain(known -> owners.refusalToRegister(known, owner)
                        .map(refusal -> Uni.createFrom().item(refusal))
                        .orElseGet(() -> known == null
                                ? add(transaction, new Device(deviceId, secret), owner)
                                : Uni.createFrom().item(change(transaction, known, secret, owner)))));
    }

    /** Changes the secret: the device may connect only with this one. */
    Uni<Outcome> rotateSecret(Operator operator, String deviceId, String secret) {
        return changeExisting(
                operator,
                AuditAction.ROTATE_SECRET,
                deviceId,
                (transaction, device) -> device.isRevoked()
                        ? ChangeResult.refused(409, "Device " + deviceId + " is revoked. Readmit it instead")
                        : change(transaction, device, secret));
    }

    /** Forbids the device to connect. Its pairing stays. */
    Uni<Outcome> revoke(Operator operator, String deviceId) {
        return changeExisting(
                operator,
                AuditAction.REVOKE,
                deviceId,
                (transaction, device) -> revoke(transaction, device) ? ChangeResult.done() : ChangeResult.unchanged());
    }

    /** Allows a revoked device to connect again, with this secret. */
    Uni<Outcome> readmit(Operator operator, String deviceId, String secret) {
        return changeExisting(
                operator,
                AuditAction.READMIT,
                deviceId,
                (transaction, device) -> device.isRevoked()
                        ? change(transaction, device, secret)
                        : ChangeResult.refused(409, "Device " + deviceId + " is not revoked"));
    }

    private Uni<Outcome> changeExisting(
            Operator operator,
            AuditAction action,
            String deviceId,
            BiFunction<WriteTransaction, Device, ChangeResult> work) {
        return changes.execute(ChangeRequest.of(operator, action, deviceId), transaction -> routes.lock(
                        transaction.session(), deviceId)
                .chain(() -> transaction.session().find(Device.class, deviceId))
                .map(device -> device == null ? deviceNotFound(deviceId) : work.apply(transaction, device)));
    }

    private static Uni<ChangeResult> add(WriteTransaction transaction, Device device, String owner) {
        device.changeOwner(owner);
        transaction.append(Topic.DEVICE_REGISTRY, device.toRegistered());
        admit(transaction, device);
        return transaction.session().persist(device).replaceWith(ChangeResult.done());
    }

    private static ChangeResult change(WriteTransaction transaction, Device device, String secret, String owner) {
        boolean hasNewOwner = owner != null && device.changeOwner(owner);
        ChangeResult change = change(transaction, device, secret);
        return hasNewOwner ? ChangeResult.done() : change;
    }

    private static ChangeResult change(WriteTransaction transaction, Device device, String secret) {
        boolean wasRevoked = device.isRevoked();
        if (!device.register(secret)) {
            return ChangeResult.unchanged();
        }
        transaction.append(Topic.DEVICE_REGISTRY, device.toRegistered());
        if (wasRevoked) {
            admit(transaction, device);
        }
        return ChangeResult.done();
    }

    static ChangeResult deviceNotFound(String deviceId) {
        return ChangeResult.refused(404, "Device " + deviceId + " not found");
    }

    /** Revokes the device, which must be locked. Returns false if it is revoked already. */
    static boolean revoke(WriteTransaction transaction, Device device) {
        if (!device.revoke()) {
            return false;
        }
        transaction.append(Topic.DEVICE_REGISTRY, device.toRevoked());
        transaction.append(Topic.DEVICE_LIFECYCLE, new DeviceRevoked(device.id(), device.nextLifecycleVersion()));
        return true;
    }

    private static void admit(WriteTransaction transaction, Device device) {
        transaction.append(Topic.DEVICE_LIFECYCLE, new DeviceAdmitted(device.id(), device.nextLifecycleVersion()));
    }
}
