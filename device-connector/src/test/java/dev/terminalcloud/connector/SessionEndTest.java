package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.fake.FailingEndpoint;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.LogRecords;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.fake.TestDevice;
import dev.terminalcloud.connector.protocol.SessionIdentity;
import dev.terminalcloud.connector.session.CloseReason;
import dev.terminalcloud.connector.session.DeviceSession;
import dev.terminalcloud.connector.session.Sessions;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.Topic;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttEndpoint;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ends of sessions, and their notifications. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
class SessionEndTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @Inject
    TestBench bench;

    @Inject
    Sessions sessions;

    @Inject
    ConnectorConfiguration configuration;

    @Inject
    Vertx vertx;

    private FakeCloud cloud;
    private Context connection;

    @BeforeEach
    void openCloud() {
        cloud = bench.openCloud();
        connection = vertx.getOrCreateContext();
    }

    @AfterEach
    void closeCloud() {
        cloud.close();
    }

    @Test
    void secondConnectionOfADeviceEndsTheFirst() {
        Mqtt5Device first = bench.newStartedDevice(cloud);
        Mqtt5Device second = Mqtt5Device.overTcp(first.deviceId(), bench.ports().mqtt());

        second.start(SECRET);

        await().until(() -> !first.isConnected());
        List<DeviceConnected> connected = cloud.await(DeviceConnected.class, first.deviceId(), 2);
        assertThat(first.endedBy()).hasValue(Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER);
        assertThat(cloud.await(DeviceDisconnected.class, first.deviceId()))
                .isEqualTo(new DeviceDisconnected(
                        first.deviceId(), connected.get(0).sessionId(), "TAKEN_OVER"));
        assertThat(second.isConnected()).isTrue();
        second.disconnect();
    }

    @Test
    void connectionWithoutHelloPublishesNoDisconnect() {
        Mqtt5Device silent =
                Mqtt5Device.overTcp(bench.newDevice(cloud), bench.ports().mqtt());
        silent.connect(SECRET);
        silent.disconnect();
        Mqtt5Device later = bench.newStartedDevice(cloud);
        later.disconnect();
        cloud.await(DeviceDisconnected.class, later.deviceId());

        assertThat(cloud.eventsOf(DeviceDisconnected.class, silent.deviceId())).isEmpty();
    }

    @Test
    void revokedDeviceIsDisconnectedAtOnce() {
        Mqtt5Device device = bench.newStartedDevice(cloud);

        cloud.revoke(device.deviceId(), 2);

        await().until(() -> !device.isConnected());
        assertThat(device.endedBy()).hasValue(Mqtt5DisconnectReasonCode.NOT_AUTHORIZED);
        assertThat(cloud.await(DeviceDisconnected.class, device.deviceId()).reason())
                .isEqualTo("REVOKED");
    }

    @Test
    void deviceWhoseSecretChangesIsDisconnectedAndOneThatIsRegisteredAgainIsNot() {
        Mqtt5Device changed = bench.newStartedDevice(cloud);
        Mqtt5Device same = bench.newStartedDevice(cloud);

        cloud.register(same.deviceId(), 2, SECRET);
        cloud.register(changed.deviceId(), 2, "another secret");

        assertThat(cloud.await(DeviceDisconnected.class, changed.deviceId()).reason())
                .isEqualTo("SECRET_CHANGED");
        same.sayAcknowledged("{\"type\":\"pairing-code-request\"}");
        same.disconnect();
    }

    @Test
    void deviceWhoseStateOnlyANewerBuildUnderstandsIsRefused() {
        Mqtt5Device device = bench.newStartedDevice(cloud);

        cloud.sendRaw(
                Topic.DEVICE_REGISTRY,
                null,
                device.deviceId(),
                "{\"type\":\"device.suspended.v1\",\"deviceId\":\"%s\",\"version\":2}".formatted(device.deviceId()));

        await().until(() -> !device.isConnected());
        assertThat(device.endedBy()).hasValue(Mqtt5DisconnectReasonCode.NOT_AUTHORIZED);
        cloud.register(device.deviceId(), 3, SECRET);
        bench.awaitAccepted(device.deviceId(), SECRET, true);
    }

    @Test
    void deviceWhoseRegistryRecordCannotBeReadIsDisconnected() {
        Mqtt5Device device = bench.newStartedDevice(cloud);

        cloud.sendRaw(Topic.DEVICE_REGISTRY, null, device.deviceId(), "{\"type\":\"device.revoked.v1\",\"version\":2}");

        assertThat(cloud.await(DeviceDisconnected.class, device.deviceId()).reason())
                .isEqualTo("REVOKED");
        bench.awaitAccepted(device.deviceId(), SECRET, false);
    }

    @Test
    void failureWithACommandNamesItsTransaction() {
        assertFailureNamesTransaction(1, SessionEndTest::grant);
    }

    @Test
    void failureWithAMessageNamesItsTransaction() {
        assertFailureNamesTransaction(2, (session, transactionId) -> {
            receive(session, 1, TestDevice.HELLO);
            receive(session, 2, claim(transactionId));

            String deviceId = session.identity().deviceId();
            assertThat(cloud.await(DeviceDisconnected.class, deviceId).reason()).isEqualTo("INTERNAL_ERROR");
        });
    }

    /** The acknowledgement of a command lets the next one go. */
    @Test
    void failureWithACommandThatHasWaitedNamesItsTransaction() {
        int unacknowledged = configuration.limits().maxUnacknowledgedCommands();
        assertFailureNamesTransaction(unacknowledged + 1, (session, waiting) -> {
            for (int i = 0; i < unacknowledged; i++) {
                grant(session, UUID.randomUUID());
            }
            grant(session, waiting);
            connection.runOnContext(unused -> session.onPacket(() -> session.acknowledged(1)));
        });
    }

    /** Opens a session that fails with this packet, and lets the exchange about a transaction reach it. */
    private void assertFailureNamesTransaction(int failingPacketId, BiConsumer<DeviceSession, UUID> exchange) {
        String deviceId = FakeCloud.newDeviceId();
        UUID transactionId = UUID.randomUUID();
        try (LogRecords failures = new LogRecords("Session failed")) {
            exchange.accept(open(deviceId, FailingEndpoint.withPacketId(failingPacketId)), transactionId);

            await().until(() -> !sessions.isOpen(deviceId));
            assertThat(failures.soFar())
                    .singleElement()
                    .isEqualTo("Session failed: deviceId=%s transactionId=%s {transactionId=%s}"
                            .formatted(deviceId, transactionId, transactionId));
        }
    }

    /** A message of an unknown type is complete before the claim that came first, and is acknowledged together with it. */
    @Test
    void failureWithAMessageThatHasWaitedNamesNotTheTransactionOfTheFirst() {
        String deviceId = FakeCloud.newDeviceId();
        try (LogRecords failures = new LogRecords("Session failed")) {
            DeviceSession session = open(deviceId, FailingEndpoint.withPacketId(3));
            receive(session, 1, TestDevice.HELLO);
            connection.runOnContext(unused -> {
                receiveNow(session, 2, claim(UUID.randomUUID()));
                receiveNow(session, 3, "{\"type\":\"unknown\"}");
            });

            assertThat(cloud.await(DeviceDisconnected.class, deviceId).reason()).isEqualTo("INTERNAL_ERROR");
            assertThat(failures.soFar())
                    .singleElement()
                    .isEqualTo("Session failed: deviceId=%s transactionId=null {}".formatted(deviceId));
        }
    }

    @Test
    void failureToEndASessionIsReturnedAndLogged() {
        String deviceId = FakeCloud.newDeviceId();
        try (LogRecords failures = new LogRecords("Failed to end session")) {
            Future<Void> end = open(deviceId, FailingEndpoint.withDisconnect()).endAsync(CloseReason.REVOKED);

            assertThat(end.toCompletionStage())
                    .failsWithin(TIMEOUT)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(IllegalStateException.class);
            assertThat(failures.soFar())
                    .singleElement()
                    .isEqualTo("Failed to end session: deviceId=%s reason=REVOKED {}".formatted(deviceId));
            assertThat(sessions.isOpen(deviceId)).isFalse();
        }
    }

    @Test
    void everyDeviceIsDisconnectedWhenTheConnectorStops() {
        Mqtt5Device one = bench.newStartedDevice(cloud);
        Mqtt5Device other = bench.newStartedDevice(cloud);

        sessions.endAll(CloseReason.CONNECTOR_SHUTDOWN);

        for (Mqtt5Device device : List.of(one, other)) {
            assertThat(cloud.await(DeviceDisconnected.class, device.deviceId()).reason())
                    .isEqualTo("CONNECTOR_SHUTDOWN");
            await().until(() -> !device.isConnected());
            assertThat(device.endedBy()).hasValue(Mqtt5DisconnectReasonCode.SERVER_SHUTTING_DOWN);
        }
    }

    private DeviceSession open(String deviceId, MqttEndpoint endpoint) {
        DeviceSession session =
                sessions.open(new SessionIdentity(deviceId, UUID.randomUUID(), 0, 0), endpoint, connection);
        connection.runOnContext(unused -> session.subscribed());
        return session;
    }

    private void receive(DeviceSession session, int packetId, String message) {
        connection.runOnContext(unused -> receiveNow(session, packetId, message));
    }

    private static void receiveNow(DeviceSession session, int packetId, String message) {
        session.onPacket(() -> session.receive(packetId, message.getBytes(UTF_8)));
    }

    private static String claim(UUID transactionId) {
        return "{\"type\":\"transaction-claim\",\"transactionId\":\"" + transactionId + "\"}";
    }

    private static void grant(DeviceSession session, UUID transactionId) {
        SessionIdentity identity = session.identity();
        session.deliver(new GrantStart(identity.deviceId(), identity.sessionId(), transactionId), null);
    }
}
