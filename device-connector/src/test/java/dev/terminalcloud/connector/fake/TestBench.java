package dev.terminalcloud.connector.fake;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;

import dev.terminalcloud.connector.mqtt.ListeningPorts;
import dev.terminalcloud.connector.mqtt.MqttListeners;
import dev.terminalcloud.connector.registry.DeviceRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The connector under test, a cloud for it and devices that connect to it. */
@Singleton
public class TestBench {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final MqttListeners listeners;
    private final DeviceRegistry registry;
    private final String bootstrapServers;

    TestBench(
            MqttListeners listeners,
            DeviceRegistry registry,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.listeners = listeners;
        this.registry = registry;
        this.bootstrapServers = bootstrapServers;
    }

    /** Opens a cloud that receives the events from now on, when the connector accepts devices, and knows one. */
    public FakeCloud openCloud() {
        ports();
        FakeCloud cloud = new FakeCloud(bootstrapServers);
        if (registry.size() == 0) {
            newDevice(cloud);
        }
        return cloud;
    }

    /** Waits until the connector listens; returns its ports. */
    public ListeningPorts ports() {
        return Awaitility.await()
                .atMost(TIMEOUT)
                .ignoreExceptionsMatching(IllegalStateException.class::isInstance)
                .until(listeners::ports, ports -> !ports.open().isEmpty());
    }

    /** Registers a new device id with {@link FakeCloud#SECRET}. */
    public String newDevice(FakeCloud cloud) {
        String deviceId = FakeCloud.newDeviceId();
        cloud.register(deviceId, 1, SECRET);
        awaitAccepted(deviceId, SECRET, true);
        return deviceId;
    }

    /** Registers so many new device ids, as {@link #newDevice} does. */
    public List<String> newDevices(FakeCloud cloud, int count) {
        List<String> deviceIds =
                Stream.generate(FakeCloud::newDeviceId).limit(count).toList();
        deviceIds.forEach(deviceId -> cloud.register(deviceId, 1, SECRET));
        Awaitility.await().atMost(TIMEOUT).until(() -> deviceIds.stream()
                .allMatch(deviceId -> registry.isAllowed(deviceId, SECRET)));
        return deviceIds;
    }

    /** Returns a device that is registered, connected and has said hello. */
    public Mqtt5Device newStartedDevice(FakeCloud cloud) {
        Mqtt5Device device = Mqtt5Device.overTcp(newDevice(cloud), ports().mqtt());
        device.start(SECRET);
        return device;
    }

    /** Waits until the connector knows whether the device may connect. */
    public void awaitAccepted(String deviceId, String secret, boolean accepted) {
        Awaitility.await().atMost(TIMEOUT).until(() -> registry.isAllowed(deviceId, secret) == accepted);
    }
}
