package dev.terminalcloud.pairing.deviceevents;

import dev.terminalcloud.events.DeviceCommand.EndSession;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.SessionEvent;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.PairingMetrics;
import dev.terminalcloud.pairing.PairingMetrics.PairingOutcome;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Handling of connected and disconnected devices, a whole round with the same few statements, since after an outage very
 * many devices reconnect at once. Their devices are locked, and no device occurs twice in a round.
 */
@ApplicationScoped
class DeviceConnections {
    private static final String FIND_DEVICES = "from Device where deviceId in :devices";

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
        return routes.openSessions(transaction.session(), hellos)
                .map(opened -> hellos.stream()
                        .filter(hello -> opened.contains(hello.sessionId()))
                        .toList())
                .chain(opened -> opened.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : endOlderSessions(transaction, opened).chain(() -> applyConnected(transaction, opened)));
    }

    Uni<Void> disconnected(WriteTransaction transaction, List<DeviceDisconnected> disconnects) {
        if (disconnects.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return routes.endSessions(transaction.session(), disconnects)
                .chain(() -> findDevices(transaction.session(), disconnects))
                .chain(devices -> presence.reconcile(transaction, devices.values()));
    }

    private Uni<Void> applyConnected(WriteTransaction transaction, List<DeviceConnected> opened) {
        return findDevices(transaction.session(), opened)
                .invoke(devices ->
                        metrics.increment(PairingOutcome.UNKNOWN_DEVICE_EVENT, opened.size() - devices.size()))
                .chain(devices -> presence.describe(transaction.session(), opened)
                        .chain(() -> presence.reconcile(transaction, devices.values()))
                        .chain(() -> pairing.notifyDevices(transaction, devices.values(), sessionsOf(opened))));
    }

    /** Ends older sessions at other connectors; the connector of the new session ends its own older ones by itself. */
    private Uni<Void> endOlderSessions(WriteTransaction transaction, List<DeviceConnected> opened) {
        return routes.otherSessions(transaction.session(), opened)
                .invoke(others -> opened.forEach(hello -> others.getOrDefault(hello.deviceId(), List.of()).stream()
                        .filter(other -> other.connectorIndex() != hello.connectorIndex())
                        .forEach(other -> transaction.append(
                                Topic.DEVICE_COMMANDS,
                                other.connectorIndex(),
                                new EndSession(hello.deviceId(), other.sessionId())))))
                .replaceWithVoid();
    }

    private static Map<String, DeviceRoute> sessionsOf(Collection<DeviceConnected> opened) {
        return opened.stream()
                .collect(Collectors.toMap(
                        DeviceConnected::deviceId,
                        hello -> new DeviceRoute(hello.sessionId(), hello.connectorIndex())));
    }

    private static Uni<Map<String, Device>> findDevices(Mutiny.Session session, List<? extends SessionEvent> events) {
        return session.createSelectionQuery(FIND_DEVICES, Device.class)
                .setParameter(
                        "devices", events.stream().map(SessionEvent::deviceId).toList())
                .getResultList()
                .map(devices -> devices.stream().collect(Collectors.toMap(Device::id, Function.identity())));
    }
}
