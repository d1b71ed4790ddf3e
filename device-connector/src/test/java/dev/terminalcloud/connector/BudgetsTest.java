package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.LogRecords;
import dev.terminalcloud.connector.fake.Mqtt3Device;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.RawClient;
import dev.terminalcloud.connector.fake.RawPackets;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.ReportTransaction;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.TransactionNeverSeen;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device beyond its budgets: its connection is closed with a reason, and others are served. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@TestProfile(BudgetsTest.LowBudgetsProfile.class)
class BudgetsTest {
    private static final int BURST = 30;
    private static final int CONNECTIONS = 3;
    private static final int UNKNOWN_TRANSACTIONS = 5;

    public static final class LowBudgetsProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "connector.budgets.max-connections-per-minute",
                    "1",
                    "connector.budgets.max-connection-burst",
                    Integer.toString(CONNECTIONS),
                    "connector.budgets.max-messages-per-second",
                    "1",
                    "connector.budgets.max-message-burst",
                    Integer.toString(BURST),
                    "connector.budgets.max-bytes-per-second",
                    "1024",
                    "connector.budgets.max-byte-burst",
                    "100000",
                    "connector.budgets.max-unknown-transaction-burst",
                    Integer.toString(UNKNOWN_TRANSACTIONS),
                    "connector.budgets.pairing-code-interval",
                    "1h",
                    "connector.budgets.min-suspension",
                    "1h",
                    "connector.budgets.max-suspension",
                    "1h");
        }
    }

    @Inject
    TestBench bench;

    @Inject
    MeterRegistry meters;

    private FakeCloud cloud;
    private Mqtt5Device device;

    @BeforeEach
    void startDevice() {
        cloud = bench.openCloud();
        device = bench.newStartedDevice(cloud);
    }

    @AfterEach
    void closeCloud() {
        cloud.close();
    }

    @Test
    void tooManyMessagesCloseTheConnectionAndSuspendTheDevice() {
        double before = closed("message_budget_exceeded");
        for (int i = 0; i < 2 * BURST; i++) {
            device.say("{\"type\":\"status\",\"status\":\"READY\"}");
        }

        assertClosed("MESSAGE_BUDGET_EXCEEDED");
        assertThat(closed("message_budget_exceeded")).isEqualTo(before + 1);
        assertThat(answerTo(SECRET)).isEqualTo(Mqtt5ConnAckReasonCode.QUOTA_EXCEEDED);
        assertThat(meters.get("connector.devices.suspended").gauge().value()).isPositive();
        bench.newStartedDevice(cloud).disconnect();
    }

    @Test
    void suspendedDeviceOverMqtt3GetsServerUnavailable() {
        suspend();

        Mqtt3Device mqtt3 = Mqtt3Device.overTcp(device.deviceId(), bench.ports().mqtt());
        Throwable refusal = catchThrowable(() -> mqtt3.connect(SECRET));
        assertThat(refusal)
                .hasRootCauseInstanceOf(Mqtt3ConnAckException.class)
                .rootCause()
                .isInstanceOfSatisfying(Mqtt3ConnAckException.class, refused -> assertThat(
                                refused.getMqttMessage().getReturnCode())
                        .isEqualTo(Mqtt3ConnAckReturnCode.SERVER_UNAVAILABLE));
    }

    /** Otherwise it would be closed at once for the bytes, and would connect again at once. */
    @Test
    void suspendedDeviceThatFloodsWaitsForItsRefusal() throws IOException {
        suspend();

        String refusal = RawClient.beginningOfAnswerToFlood(
                bench.ports().mqtt(), RawPackets.connect(device.deviceId()), RawPackets.pings(1_000_000), 4);
        assertThat(refusal).isEqualTo("20020003");
    }

    @Test
    void wrongSecretDoesNotRevealThatADeviceIsSuspended() {
        suspend();

        assertThat(answerTo("wrong")).isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void wrongSecretsDoNotSuspendADevice() {
        device.disconnect();
        for (int i = 0; i < 2 * CONNECTIONS; i++) {
            assertThat(answerTo("wrong")).isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
        }

        assertThat(answerTo(SECRET)).isEqualTo(Mqtt5ConnAckReasonCode.SUCCESS);
        device.disconnect();
    }

    @Test
    void suspensionIsLoggedOnceAndItsRefusalsAreNot() {
        try (LogRecords exceeded = new LogRecords("exceeded its budget");
                LogRecords refused = new LogRecords("CONNECT refused")) {
            suspend();
            for (int i = 0; i < 3; i++) {
                assertThat(answerTo(SECRET)).isEqualTo(Mqtt5ConnAckReasonCode.QUOTA_EXCEEDED);
            }

            assertThat(exceeded.soFar())
                    .filteredOn(message -> message.contains(device.deviceId()))
                    .hasSize(1);
            assertThat(refused.soFar()).noneMatch(message -> message.contains(device.deviceId()));
        }
    }

    @Test
    void tooManyConnectionsCloseTheNewest() {
        double before = closed("connection_budget_exceeded");
        for (int i = 1; i < CONNECTIONS; i++) {
            device.disconnect();
            device.connect(SECRET);
        }
        device.disconnect();
        device.connect(SECRET);

        await().until(() -> !device.isConnected());
        assertThat(closed("connection_budget_exceeded")).isEqualTo(before + 1);
        assertThat(answerTo(SECRET)).isEqualTo(Mqtt5ConnAckReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void tooManyBytesCloseTheConnection() {
        for (int i = 0; i < 4; i++) {
            device.say("{\"type\":\"pong\",\"nonce\":\"1\",\"x\":\"" + "x".repeat(50_000) + "\"}");
        }

        assertClosed("BYTE_BUDGET_EXCEEDED");
    }

    @Test
    void tooManyUnknownTransactionsCloseTheConnection() {
        for (int i = 0; i <= UNKNOWN_TRANSACTIONS; i++) {
            device.say(neverSeen(UUID.randomUUID()));
        }

        assertClosed("TRANSACTION_BUDGET_EXCEEDED");
        assertThat(cloud.eventsOf(TransactionNeverSeen.class, device.deviceId()))
                .hasSize(UNKNOWN_TRANSACTIONS);
    }

    @Test
    void transactionsThatTheCloudNamesAreNotLimited() {
        UUID session = cloud.await(DeviceConnected.class, device.deviceId()).sessionId();
        for (int i = 0; i < 2 * UNKNOWN_TRANSACTIONS; i++) {
            UUID transactionId = UUID.randomUUID();
            cloud.command(0, new ReportTransaction(device.deviceId(), session, transactionId));
            await().until(() -> !device.commands().isEmpty());
            device.commands().remove();
            device.sayAcknowledged(neverSeen(transactionId));
        }

        assertThat(device.isConnected()).isTrue();
        device.disconnect();
    }

    @Test
    void secondRequestOfAPairingCodeWithinTheIntervalClosesTheConnection() {
        device.sayAcknowledged("{\"type\":\"pairing-code-request\"}");
        device.say("{\"type\":\"pairing-code-request\"}");

        assertClosed("PAIRING_CODE_BUDGET_EXCEEDED");
    }

    private void suspend() {
        for (int i = 0; i <= UNKNOWN_TRANSACTIONS; i++) {
            device.say(neverSeen(UUID.randomUUID()));
        }
        await().until(() -> !device.isConnected());
    }

    private Mqtt5ConnAckReasonCode answerTo(String secret) {
        try {
            return device.client()
                    .toBlocking()
                    .connect(device.connectWith(secret).build())
                    .getReasonCode();
        } catch (Mqtt5ConnAckException refused) {
            return refused.getMqttMessage().getReasonCode();
        }
    }

    private static String neverSeen(UUID transactionId) {
        return "{\"type\":\"transaction-never-seen\",\"transactionId\":\"%s\"}".formatted(transactionId);
    }

    private void assertClosed(String reason) {
        assertThat(cloud.await(DeviceDisconnected.class, device.deviceId()).reason())
                .isEqualTo(reason);
    }

    private double closed(String reason) {
        return meters.counter("connector.connections.closed", "reason", reason).count();
    }
}
