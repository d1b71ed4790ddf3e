package dev.terminalcloud.pairing.administration;

import dev.terminalcloud.administration.AdminParameters;
import dev.terminalcloud.administration.AuditAction;
import dev.terminalcloud.administration.AuditedChanges;
import dev.terminalcloud.administration.ChangeRequest;
import dev.terminalcloud.administration.ChangeResult;
import dev.terminalcloud.administration.CurrentOperator;
import dev.terminalcloud.administration.Roles;
import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.routes.Probes;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Probe of a device: a ping with its round trip, on the same path as transactions. */
@Path("/admin/devices/{deviceId}/probe")
@RolesAllowed(Roles.ADMIN)
class ProbeResource {
    private final CurrentOperator operator;
    private final AuditedChanges changes;
    private final DeviceRoutes routes;
    private final Probes probes;

    ProbeResource(CurrentOperator operator, AuditedChanges changes, DeviceRoutes routes, Probes probes) {
        this.operator = operator;
        this.changes = changes;
        this.routes = routes;
        this.probes = probes;
    }

    /** @param roundTripMillis round trip from here through Kafka and the connector to the device, and back */
    record Answer(String deviceId, long roundTripMillis) {}

    @POST
    @Cancellable(false)
    public Uni<Answer> probe(String deviceId) {
        String nonce = UUID.randomUUID().toString();
        return changes.execute(
                        ChangeRequest.of(operator.get(), AuditAction.PROBE, AdminParameters.deviceId(deviceId)),
                        transaction -> routes.lock(transaction.session(), deviceId)
                                .chain(route -> route.isEmpty()
                                        ? Uni.createFrom()
                                                .item(ChangeResult.refused(
                                                        409, "Device " + deviceId + " is not connected"))
                                        : send(transaction, deviceId, route.get(), nonce)
                                                .replaceWith(ChangeResult.done())))
                .chain(done -> probes.roundTrip(nonce))
                .map(millis -> new Answer(
                        deviceId,
                        millis.orElseThrow(
                                () -> ApiException.of(504, "Device " + deviceId + " did not respond within 5 s"))));
    }

    private Uni<Void> send(WriteTransaction transaction, String deviceId, DeviceRoute route, String nonce) {
        PingDevice ping = new PingDevice(deviceId, route.sessionId(), nonce);
        transaction.append(Topic.DEVICE_COMMANDS, route.connectorIndex(), ping);
        return probes.add(transaction.session(), ping);
    }
}
