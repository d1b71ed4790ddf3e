package dev.terminalcloud.connector.fake;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;

import java.util.ArrayList;
import java.util.List;

/** The devices that a test has connected; it disconnects together those that still are. Not thread-safe. */
public final class OpenDevices implements AutoCloseable {
    private final List<Mqtt5Device> devices = new ArrayList<>();

    /** Returns a device that is connected and has said hello. */
    public Mqtt5Device start(String deviceId, int port) {
        Mqtt5Device device = Mqtt5Device.overTcp(deviceId, port);
        devices.add(device);
        device.start(SECRET);
        return device;
    }

    @Override
    public void close() {
        devices.forEach(Mqtt5Device::disconnectIfConnected);
    }
}
