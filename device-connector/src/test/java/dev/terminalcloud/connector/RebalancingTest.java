package dev.terminalcloud.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import dev.terminalcloud.connector.fake.FailingEndpoint;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.LogRecords;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.OpenDevices;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.fake.TestDevice;
import dev.terminalcloud.connector.protocol.SessionIdentity;
import dev.terminalcloud.connector.session.CloseReason;
import dev.terminalcloud.connector.session.DeviceSession;
import dev.terminalcloud.connector.session.SessionDrain;
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
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connector that others, with fewer devices or none, have joined: it tolerates one device more than its share. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@TestProfile(PreConnectLimitsTest.LowLimitsProfile.class)
class RebalancingTest {
    private static final int INDEX = 0;

    /** A connector that has only heartbeats. */
    private static final int OTHER_INDEX = 1;

    private static final int SECOND_INDEX = 2;
    private static final int THIRD_INDEX = 3;
    private static final int MAX_PASSED_OVER = 100;

    @Inject
    TestBench bench;

    @Inject
    Sessions sessions;

    @Inject
    SessionDrain drain;

    @Inject
    Vertx vertx;

    private final OpenDevices devices = new OpenDevices();
    private FakeCloud cloud;

    @BeforeEach
    void openCloudWithoutDevices() {
        cloud = bench.openCloud();
        await().until(() -> sessions.count() == 0);
    }

    @AfterEach
    void close() {
        try (devices) {
            endHeartbeatsOfOthers();
        } finally {
            cloud.close();
        }
    }

    /** The connector would count them for 20 s. */
    private void endHeartbeatsOfOthers() {
        for (int index : List.of(OTHER_INDEX, SECOND_INDEX, THIRD_INDEX)) {
            heartbeat(new ConnectorHeartbeat(index, Long.MAX_VALUE, null));
        }
    }

    /** Of six devices two are above the share of three and the tolerance; of the four that are left, one. */
    @Test
    void devicesAboveTheShareAreAskedOverInTheOrderOfTheirConnectionsButNoneWithAnOpenTransaction() {
        Mqtt5Device paying = newStartedDevice();
        UUID transaction = UUID.randomUUID();
        cloud.command(INDEX, new GrantStart(paying.deviceId(), sessionOf(paying), transaction));
        await().until(() -> paying.commands().size() == 1);
        List<Mqtt5Device> idle =
                IntStream.range(0, 5).mapToObj(i -> newStartedDevice()).toList();

        await().until(() -> {
            anotherConnectorHasNoDevices();
            return idle.stream().limit(3).noneMatch(Mqtt5Device::isConnected);
        });

        assertThat(idle.stream().limit(3))
                .allSatisfy(asked -> assertThat(cloud.await(DeviceDisconnected.class, asked.deviceId())
                                .reason())
                        .isEqualTo("REBALANCED"))
                .allSatisfy(
                        asked -> assertThat(asked.endedBy()).hasValue(Mqtt5DisconnectReasonCode.SERVER_SHUTTING_DOWN));
        assertThat(idle.stream().skip(3)).allMatch(Mqtt5Device::isConnected);
        assertThat(paying.isConnected()).isTrue();

        paying.sayAcknowledged("{\"type\":\"transaction-refused\",\"transactionId\":\"%s\",\"reason\":\"BUSY\"}"
                .formatted(transaction));
        newStartedDevice();
        await().until(() -> {
            anotherConnectorHasNoDevices();
            return !paying.isConnected();
        });
    }

    /**
     * Two connectors have twelve devices each, the oldest of which pay; of three a share is eight. While devices connect, a connector that knows
     * older numbers of the other may ask some of them.
     */
    @Test
    void connectorThatJoinsTwoOthersGetsItsShareAndNoDeviceWithAnOpenTransaction() {
        List<String> deviceIds = bench.newDevices(cloud, 24);
        BalancedDevices balanced = new BalancedDevices(deviceIds, devices);
        try (FurtherConnector second = FurtherConnector.start(SECOND_INDEX)) {
            await().until(() -> deviceIds.stream().allMatch(second::knows));
            balanced.addConnector(bench.ports()::mqtt, sessions::count);
            balanced.addConnector(second::port, second::devices);
            List<Mqtt5Device> paying = balanced.connectFirst(2);
            paying.forEach(RebalancingTest::claim);
            await().until(() -> {
                balanced.connectAll();
                return sessions.count() == 12 && second.devices() == 12;
            });

            try (FurtherConnector third = FurtherConnector.start(THIRD_INDEX)) {
                await().until(() -> deviceIds.stream().allMatch(third::knows));
                balanced.addConnector(third::port, third::devices);
                await().until(() -> {
                    balanced.connectAll();
                    List<Integer> counts = List.of(sessions.count(), second.devices(), third.devices());
                    return counts.stream().allMatch(count -> count <= 9) && sum(counts) == deviceIds.size();
                });

                assertThat(balanced.first(2)).isEqualTo(paying).allMatch(Mqtt5Device::isConnected);
            }
        }
    }

    @Test
    void noMoreThanAHundredDevicesWithAnOpenTransactionArePassedOver() {
        List<Mqtt5Device> paying = bench.newDevices(cloud, MAX_PASSED_OVER).stream()
                .map(this::startPaying)
                .toList();
        Mqtt5Device idle = newStartedDevice();

        assertThat(askOldest()).isZero();
        assertThat(idle.isConnected()).isTrue();

        paying.get(0).disconnect();
        await().until(() -> sessions.count() == MAX_PASSED_OVER);
        assertThat(askOldest()).isOne();
        await().until(() -> !idle.isConnected());
    }

    /** It is asked once it is idle: when Kafka has what its device has said. */
    @Test
    void askingEndsAlthoughASessionFailsToEnd() {
        DeviceSession failing = openThatFailsToEnd();
        try (LogRecords failures = new LogRecords(
                "Failed to end session: deviceId=" + failing.identity().deviceId())) {
            await().until(() -> {
                assertThat(askOldest()).isZero();
                return failures.soFar().size() == 1;
            });
        } finally {
            failing.endAsync(CloseReason.REBALANCED);
        }
    }

    private DeviceSession openThatFailsToEnd() {
        Context connection = vertx.getOrCreateContext();
        DeviceSession session = sessions.open(
                new SessionIdentity(FakeCloud.newDeviceId(), UUID.randomUUID(), INDEX, 0),
                FailingEndpoint.withDisconnect(),
                connection);
        connection.runOnContext(unused -> {
            session.subscribed();
            session.onPacket(() -> session.receive(1, TestDevice.HELLO.getBytes(UTF_8)));
        });
        return session;
    }

    /** Asks one device; returns how many have reconnected. */
    private int askOldest() {
        return drain.beginOldest(1, Duration.ZERO, Duration.ZERO, CloseReason.REBALANCED)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(1, TimeUnit.MINUTES)
                .join();
    }

    private Mqtt5Device newStartedDevice() {
        return devices.start(bench.newDevice(cloud), bench.ports().mqtt());
    }

    private Mqtt5Device startPaying(String deviceId) {
        Mqtt5Device device = devices.start(deviceId, bench.ports().mqtt());
        claim(device);
        return device;
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    private static void claim(Mqtt5Device device) {
        device.sayAcknowledged(
                "{\"type\":\"transaction-claim\",\"transactionId\":\"%s\"}".formatted(UUID.randomUUID()));
    }

    private UUID sessionOf(Mqtt5Device device) {
        return cloud.await(DeviceConnected.class, device.deviceId()).sessionId();
    }

    private void anotherConnectorHasNoDevices() {
        heartbeat(new ConnectorHeartbeat(OTHER_INDEX, 1, 0));
    }

    private void heartbeat(ConnectorHeartbeat heartbeat) {
        cloud.sendRaw(
                Topic.CONNECTOR_EVENTS, 0, Integer.toString(heartbeat.connectorIndex()), EventCodec.encode(heartbeat));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(500));
    }
}
