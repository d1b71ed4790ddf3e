package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static dev.terminalcloud.connector.fake.MqttJsDevice.MQTT_3_1_1;
import static dev.terminalcloud.connector.fake.MqttJsDevice.MQTT_5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Mqtt3Device;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.MqttJsDevice;
import dev.terminalcloud.connector.fake.PahoDevice;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.fake.TestDevice;
import dev.terminalcloud.connector.mqtt.ListeningPorts;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.DevicePonged;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices on stock MQTT clients. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
class StockClientsTest {
    @Inject
    TestBench bench;

    private FakeCloud cloud;

    enum Client {
        HIVEMQ_5_TCP((id, ports) -> Mqtt5Device.overTcp(id, ports.mqtt())),
        HIVEMQ_5_WEB_SOCKET((id, ports) -> Mqtt5Device.overWebSocket(id, ports.webSocket())),
        HIVEMQ_311_TCP((id, ports) -> Mqtt3Device.overTcp(id, ports.mqtt())),
        HIVEMQ_311_WEB_SOCKET((id, ports) -> Mqtt3Device.overWebSocket(id, ports.webSocket())),
        PAHO_311_TCP((id, ports) -> PahoDevice.overTcp(id, ports.mqtt())),
        PAHO_311_WEB_SOCKET((id, ports) -> PahoDevice.overWebSocket(id, ports.webSocket())),
        MQTT_JS_5_TCP((id, ports) -> MqttJsDevice.overTcp(id, MQTT_5, ports.mqtt())),
        MQTT_JS_5_WEB_SOCKET((id, ports) -> MqttJsDevice.overWebSocket(id, MQTT_5, ports.webSocket())),
        MQTT_JS_311_TCP((id, ports) -> MqttJsDevice.overTcp(id, MQTT_3_1_1, ports.mqtt())),
        MQTT_JS_311_WEB_SOCKET((id, ports) -> MqttJsDevice.overWebSocket(id, MQTT_3_1_1, ports.webSocket()));

        @SuppressWarnings("ImmutableEnumChecker") // a function without state
        private final BiFunction<String, ListeningPorts, TestDevice> device;

        /** mqtt.js needs Node, which not every machine has. */
        boolean isMissing() {
            return name().startsWith("MQTT_JS")
                    && !MqttJsDevice.isInstalled()
                    && !"required".equals(System.getenv("TERMINAL_CLOUD_MQTT_JS"));
        }

        Client(BiFunction<String, ListeningPorts, TestDevice> device) {
            this.device = device;
        }
    }

    @BeforeEach
    void openCloud() {
        cloud = bench.openCloud();
    }

    @AfterEach
    void closeCloud() {
        cloud.close();
    }

    @ParameterizedTest
    @EnumSource
    void stockClientRunsAWholeSession(Client client) {
        assumeFalse(client.isMissing(), "mqtt.js is not installed (node-mqtt)");
        String deviceId = bench.newDevice(cloud);
        TestDevice device = client.device.apply(deviceId, bench.ports());

        device.start(SECRET);
        DeviceConnected connected = cloud.await(DeviceConnected.class, deviceId);
        cloud.command(0, new PingDevice(deviceId, connected.sessionId(), "n-1"));
        await().until(() -> !device.commands().isEmpty());
        assertThat(device.commands()).hasToString("[{\"type\":\"ping\",\"nonce\":\"n-1\"}]");
        device.sayAcknowledged("{\"type\":\"pong\",\"nonce\":\"n-1\"}");
        device.disconnect();

        assertThat(cloud.await(DevicePonged.class, deviceId))
                .isEqualTo(new DevicePonged(deviceId, connected.sessionId(), "n-1"));
        assertThat(cloud.await(DeviceDisconnected.class, deviceId))
                .isEqualTo(new DeviceDisconnected(deviceId, connected.sessionId(), "DEVICE_DISCONNECTED"));
    }
}
