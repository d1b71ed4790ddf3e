package dev.terminalcloud.connector.fake;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;

import dev.terminalcloud.connector.mqtt.ListeningPorts;
import dev.terminalcloud.connector.mqtt.MqttListeners;
import dev.terminalcloud.connector.registry.DeviceRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The connector under test, a cloud that talks to it and devices that connect to it. */
@Singleton
public class TestBench {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

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

    /** A cloud that hears what is written from now on, when the connector lets devices in. */
    public FakeCloud openCloud() {
        ports();
        return new FakeCloud(bootstrapServers);
    }

    /** Where the connector listens; waits until it does. */
    public ListeningPorts ports() {
        return Awaitility.await()
                .atMost(TIMEOUT)
                .ignoreExceptionsMatching(IllegalStateException.class::isInstance)
                .until(listeners::ports, ports -> !ports.open().isEmpty());
    }

    /** A new device id that is registered with {@link FakeCloud#SECRET}. */
    public String newDevice(FakeCloud cloud) {
        String deviceId = FakeCloud.newDeviceId();
        cloud.register(deviceId, 1, SECRET);
        awaitAccepted(deviceId, SECRET, true);
        return deviceId;
    }

    /** A device that is registered, connected and has said hello. */
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
