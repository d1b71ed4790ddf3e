package dev.terminalcloud.transaction.deviceevents;

import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.SessionEvent;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.transaction.lifecycle.Lifecycle;
import dev.terminalcloud.transaction.lifecycle.Phase;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.notification.OfflineDetection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Applies the connections and disconnections of devices, those of a round together: after an outage they may be very many. The
 * caller has locked the devices and their open transactions.
 */
@ApplicationScoped
class DeviceConnections {
    private final DeviceRoutes routes;
    private final Lifecycle lifecycle;
    private final OfflineDetection offlineDetection;

    DeviceConnections(DeviceRoutes routes, Lifecycle lifecycle, OfflineDetection offlineDetection) {
        this.routes = routes;
        this.lifecycle = lifecycle;
        this.offlineDetection = offlineDetection;
    }

    /** @param current the routes by device, which this updates */
    Uni<Void> disconnected(WriteTransaction write, Map<String, DeviceRoute> current, List<DeviceDisconnected> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        offlineDetection.wake();
        return routes.endSessions(write.session(), events).chain(() -> reloadRoutes(write, current, events));
    }

    /**
     * Offers queued transactions to their devices, and requests the reports that these owe.
     *
     * @param current the routes by device, which this updates
     * @param open the open transactions of the devices
     */
    Uni<Void> connected(
            WriteTransaction write,
            Map<String, DeviceRoute> current,
            Collection<Transaction> open,
            List<DeviceConnected> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        offlineDetection.wake();
        return routes.openSessions(write.session(), events)
                .chain(opened -> reloadRoutes(write, current, events).invoke(() -> events.stream()
                        .filter(event -> opened.containsKey(event.sessionId()))
                        .forEach(event -> resume(write, current.get(event.deviceId()), open, event))));
    }

    private Uni<Void> reloadRoutes(
            WriteTransaction write, Map<String, DeviceRoute> current, List<? extends SessionEvent> events) {
        Set<String> devices = events.stream().map(SessionEvent::deviceId).collect(Collectors.toSet());
        return routes.find(write.session(), devices)
                .invoke(known -> {
                    current.keySet().removeAll(devices);
                    current.putAll(known);
                })
                .replaceWithVoid();
    }

    private void resume(
            WriteTransaction write, DeviceRoute route, Collection<Transaction> open, DeviceConnected event) {
        if (route == null || !route.sessionId().equals(event.sessionId())) {
            return;
        }
        open.stream()
                .filter(transaction -> transaction.deviceId().equals(event.deviceId()))
                .forEach(transaction -> resume(write, route, transaction));
    }

    private void resume(WriteTransaction write, DeviceRoute route, Transaction transaction) {
        if (transaction.phase() == Phase.QUEUED) {
            lifecycle.offer(write, transaction, route);
        } else if (transaction.phase() == Phase.STARTED
                && transaction.state().isDelayed()
                && !transaction.state().wasNeverSeen()) {
            lifecycle.requestReport(write, transaction, route);
        }
    }
}
