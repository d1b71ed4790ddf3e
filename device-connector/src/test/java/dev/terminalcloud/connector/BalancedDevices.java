package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;

import dev.terminalcloud.connector.fake.Mqtt5Device;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Devices behind a load balancer that chooses the connector with the fewest connections. Not thread-safe. */
final class BalancedDevices implements AutoCloseable {
    private final List<Target> targets = new ArrayList<>();
    private final Map<String, Mqtt5Device> byId = new LinkedHashMap<>();

    private record Target(IntSupplier port, IntSupplier connections) {}

    BalancedDevices(List<String> deviceIds) {
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

    @Override
    public void close() {
        byId.values().stream()
                .filter(device -> device != null && device.isConnected())
                .forEach(Mqtt5Device::disconnect);
    }

    private Mqtt5Device connect(String deviceId) {
        Target fewest = targets.stream()
                .min(Comparator.comparingInt(target -> target.connections().getAsInt()))
                .orElseThrow();
        Mqtt5Device connected = Mqtt5Device.overTcp(deviceId, fewest.port().getAsInt());
        connected.start(SECRET);
        return connected;
    }
}
