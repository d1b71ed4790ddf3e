package dev.terminalcloud.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.session.Sessions;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.ConnectorEvent.ConnectorHeartbeat;
import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.Topic;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** A connector that another one, with no devices, has joined: it tolerates one device more than its share. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@TestProfile(PreConnectLimitsTest.LowLimitsProfile.class)
class RebalancingTest {
    private static final int INDEX = 0;
    private static final int OTHER_INDEX = 1;

    @Inject
    TestBench bench;

    @Inject
    Sessions sessions;

    /** Of six devices two are above the share of three and the tolerance; of the four that are left, one. */
    @Test
    void devicesAboveTheShareAreAskedOverInTheOrderOfTheirConnectionsButNoneWithAnOpenTransaction() {
        try (FakeCloud cloud = bench.openCloud()) {
            await().until(() -> sessions.count() == 0);
            Mqtt5Device paying = bench.newStartedDevice(cloud);
            UUID transaction = UUID.randomUUID();
            cloud.command(INDEX, new GrantStart(paying.deviceId(), sessionOf(cloud, paying), transaction));
            await().until(() -> paying.commands().size() == 1);
            List<Mqtt5Device> idle = IntStream.range(0, 5)
                    .mapToObj(i -> bench.newStartedDevice(cloud))
                    .toList();

            await().until(() -> {
                anotherConnectorHasNoDevices(cloud);
                return idle.stream().limit(3).noneMatch(Mqtt5Device::isConnected);
            });

            assertThat(idle.stream().limit(3))
                    .allSatisfy(asked -> assertThat(cloud.await(DeviceDisconnected.class, asked.deviceId())
                                    .reason())
                            .isEqualTo("REBALANCED"))
                    .allSatisfy(asked ->
                            assertThat(asked.endedBy()).hasValue(Mqtt5DisconnectReasonCode.SERVER_SHUTTING_DOWN));
            assertThat(idle.stream().skip(3)).allMatch(Mqtt5Device::isConnected);
            assertThat(paying.isConnected()).isTrue();

            paying.sayAcknowledged("{\"type\":\"transaction-refused\",\"transactionId\":\"%s\",\"reason\":\"BUSY\"}"
                    .formatted(transaction));
            Mqtt5Device last = bench.newStartedDevice(cloud);
            await().until(() -> {
                anotherConnectorHasNoDevices(cloud);
                return !paying.isConnected();
            });
            idle.stream().skip(3).forEach(Mqtt5Device::disconnect);
            last.disconnect();
        }
    }

    private static UUID sessionOf(FakeCloud cloud, Mqtt5Device device) {
        return cloud.await(DeviceConnected.class, device.deviceId()).sessionId();
    }

    private static void anotherConnectorHasNoDevices(FakeCloud cloud) {
        cloud.sendRaw(
                Topic.CONNECTOR_EVENTS,
                0,
                Integer.toString(OTHER_INDEX),
                EventCodec.encode(new ConnectorHeartbeat(OTHER_INDEX, 1, 0)));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(500));
    }
}
