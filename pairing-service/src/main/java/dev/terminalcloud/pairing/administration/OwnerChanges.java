package dev.terminalcloud.pairing.administration;

import dev.terminalcloud.administration.AuditAction;
import dev.terminalcloud.administration.AuditedChanges;
import dev.terminalcloud.administration.ChangeRequest;
import dev.terminalcloud.administration.ChangeResult;
import dev.terminalcloud.administration.ChangeResult.Outcome;
import dev.terminalcloud.administration.Operator;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.routes.DeviceRoutes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Changes of the owners of devices. The pairing of a device stays: a register goes with its device. */
@ApplicationScoped
class OwnerChanges {
    private final AuditedChanges changes;
    private final DeviceRoutes routes;
    private final OwnerPolicy owners;

    OwnerChanges(AuditedChanges changes, DeviceRoutes routes, OwnerPolicy owners) {
        this.changes = changes;
        this.routes = routes;
        this.owners = owners;
    }

    Uni<Outcome> set(Operator operator, String deviceId, String owner) {
        return change(request(operator, AuditAction.SET_OWNER, deviceId, owner), owner);
    }

    Uni<Outcome> remove(Operator operator, String deviceId) {
        return change(request(operator, AuditAction.REMOVE_OWNER, deviceId, null), null);
    }

    /** Returns a request whose entry in the audit trail names the owner, unless it is null. */
    static ChangeRequest request(Operator operator, AuditAction action, String deviceId, String owner) {
        return new ChangeRequest(operator, action, deviceId, null, null, owner == null ? null : Map.of("owner", owner));
    }

    private Uni<Outcome> change(ChangeRequest request, String owner) {
        return changes.execute(request, transaction -> routes.lock(transaction.session(), request.deviceId())
                .chain(() -> transaction.session().find(Device.class, request.deviceId()))
                .map(device -> device == null
                        ? DeviceChanges.deviceNotFound(request.deviceId())
                        : owners.refusal(owner).orElseGet(() -> change(device, owner))));
    }

    private static ChangeResult change(Device device, String owner) {
        return device.changeOwner(owner) ? ChangeResult.done() : ChangeResult.unchanged();
    }
}
