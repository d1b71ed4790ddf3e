package dev.terminalcloud.pairing.deviceevents;

import dev.terminalcloud.events.DeviceCommand.EndSession;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.PairingMetrics;
import dev.terminalcloud.pairing.PairingMetrics.PairingOutcome;
import dev.terminalcloud.pairing.devices.ConnectedDevice;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.pairing.devices.Presence;
import dev.terminalcloud.pairing.registers.DevicePairing;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.routes.DeviceRoutes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Handling of connected and disconnected devices, a whole round with the same few statements, since after an outage very
 * many devices reconnect at once. Their devices are locked, and no device occurs twice in a round.
 */
@ApplicationScoped
class DeviceConnections {
    private final DeviceRoutes routes;
    private final DevicePairing pairing;
    private final Presence presence;
    private final PairingMetrics metrics;

    DeviceConnections(DeviceRoutes routes, DevicePairing pairing, Presence presence, PairingMetrics metrics) {
        this.routes = routes;
        this.pairing = pairing;
        this.presence = presence;
        this.metrics = metrics;
    }

    Uni<Void> connected(WriteTransaction transaction, List<DeviceConnected> hellos) {
        if (hellos.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return routes.openSessions(transaction.session(), hellos).chain(others -> {
            List<DeviceConnected> opened = hellos.stream()
                    .filter(hello -> others.containsKey(hello.sessionId()))
                    .toList();
            opened.forEach(hello -> endOlderSessions(transaction, hello, others.get(hello.sessionId())));
            return opened.isEmpty() ? Uni.createFrom().voidItem() : applyConnected(transaction, opened);
        });
    }

    Uni<Void> disconnected(WriteTransaction transaction, List<DeviceDisconnected> disconnects) {
        if (disconnects.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<String> devices =
                disconnects.stream().map(DeviceDisconnected::deviceId).toList();
        return routes.endSessions(transaction.session(), disconnects)
                .chain(() -> presence.reconcile(transaction, devices));
    }

    private Uni<Void> applyConnected(WriteTransaction transaction, List<DeviceConnected> opened) {
        return presence.connect(transaction, opened)
                .invoke(devices -> countUnknown(opened, devices))
                .invoke(devices -> pairing.notifyConnected(transaction, devices, sessionsOf(opened)))
                .replaceWithVoid();
    }

    /** The device of a warm-up is not one that a connector has accepted: its id is not valid. */
    private void countUnknown(List<DeviceConnected> opened, List<ConnectedDevice> devices) {
        long accepted = opened.stream()
                .filter(hello -> Device.isValidId(hello.deviceId()))
                .count();
        metrics.increment(PairingOutcome.UNKNOWN_DEVICE_EVENT, (int) accepted - devices.size());
    }

    /** Ends older sessions at other connectors; the connector of the new session ends its own older ones by itself. */
    private static void endOlderSessions(
            WriteTransaction transaction, DeviceConnected hello, List<DeviceRoute> others) {
        others.stream()
                .filter(other -> other.connectorIndex() != hello.connectorIndex())
                .forEach(other -> transaction.append(
                        Topic.DEVICE_COMMANDS,
                        other.connectorIndex(),
                        new EndSession(hello.deviceId(), other.sessionId())));
    }

    private static Map<String, DeviceRoute> sessionsOf(Collection<DeviceConnected> opened) {
        return opened.stream()
                .collect(Collectors.toMap(
                        DeviceConnected::deviceId,
                        hello -> new DeviceRoute(hello.sessionId(), hello.connectorIndex())));
    }
}
