package dev.terminalcloud.connector;

import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.OpenDevices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Devices behind a load balancer that chooses the connector with the fewest connections. Not thread-safe. */
final class BalancedDevices {
    private final OpenDevices open;
    private final List<Target> targets = new ArrayList<>();
    private final Map<String, Mqtt5Device> byId = new LinkedHashMap<>();

    private record Target(IntSupplier port, IntSupplier connections) {}

    /** @param open receives each connection */
    BalancedDevices(List<String> deviceIds, OpenDevices open) {
        this.open = open;
        deviceIds.forEach(deviceId -> byId.put(deviceId, null));
    }

    /** Adds a connector to those that the balancer knows. */
    void addConnector(IntSupplier port, IntSupplier connections) {
        targets.add(new Target(port, connections));
    }

    /** Connects the first devices, one after the other; returns their connections. */
    List<Mqtt5Device> connectFirst(int count) {
        List<String> deviceIds = byId.keySet().stream().limit(count).toList();
        deviceIds.forEach(deviceId -> byId.put(deviceId, connect(deviceId)));
        return first(count);
    }

    /** Connects, one after the other, the devices that have no connection. */
    void connectAll() {
        byId.replaceAll((deviceId, device) -> device != null && device.isConnected() ? device : connect(deviceId));
    }

    /** Returns the last connections of the first devices. */
    List<Mqtt5Device> first(int count) {
        return byId.values().stream().limit(count).toList();
    }

    private Mqtt5Device connect(String deviceId) {
        Target leastConnected = targets.stream()
                .min(Comparator.comparingInt(target -> target.connections().getAsInt()))
                .orElseThrow();
        return open.start(deviceId, leastConnected.port().getAsInt());
    }
}
