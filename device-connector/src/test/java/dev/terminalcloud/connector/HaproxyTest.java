package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Haproxy;
import dev.terminalcloud.connector.fake.Haproxy.Checks;
import dev.terminalcloud.connector.fake.LogRecords;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.fake.TlsFolder;
import dev.terminalcloud.connector.mqtt.Transport;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceCommand.OfferTransaction;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.TransactionClaimed;
import dev.terminalcloud.events.DeviceEvent.TransactionFinished;
import dev.terminalcloud.events.OriginalTransaction;
import dev.terminalcloud.events.RequestedAmounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ports for devices behind HAProxy itself, with its documented configuration: each device has an address of its own before it. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@WithTestResource(TlsFolder.class)
@TestProfile(FailedConnectsTest.LowLimitsProfile.class)
@EnabledIf(value = "isHaproxyAvailable", disabledReason = "HAProxy is not installed (haproxy)")
class HaproxyTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int PLAIN_INDEX = 4;

    @Inject
    TestBench bench;

    @Inject
    MeterRegistry meters;

    @TempDir
    Path folder;

    private TlsFolder tls;
    private FakeCloud cloud;

    static boolean isHaproxyAvailable() {
        return Haproxy.isAvailable();
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
    @EnumSource(names = {"MQTT_TLS", "WEB_SOCKET_TLS"})
    void deviceBehindHaproxyPaysAndHasItsOwnAddress(Transport transport) throws Exception {
        String deviceId = bench.newDevice(cloud);
        try (Haproxy haproxy = start(bench.ports().open().get(transport), Checks.DOCUMENTED)) {
            Mqtt5Device device = transport == Transport.MQTT_TLS
                    ? Mqtt5Device.overTls(deviceId, haproxy.port(), tls.device(), "127.8.1.1")
                    : Mqtt5Device.overSecureWebSocket(deviceId, haproxy.port(), tls.device(), "127.8.1.1");
            payFrom("127.8.1.1", device, 0);
        }
    }

    /** HAProxy, or what is before it, has the certificate then, and its checks begin without TLS. */
    @Test
    void deviceBehindHaproxyBeforeThePortWithoutTlsHasItsOwnAddress() throws Exception {
        try (FurtherConnector plain = FurtherConnector.startWithProxiedPlainPort(PLAIN_INDEX);
                Haproxy haproxy = start(plain.port(), Checks.WITHOUT_TLS)) {
            String deviceId = bench.newDevice(cloud);
            await().atMost(TIMEOUT).until(() -> plain.knows(deviceId));
            haproxy.awaitSuccessfulChecks();
            assertThat(total(plain.meters(), "connector.connections.aborted")).isZero();

            payFrom("127.8.1.2", Mqtt5Device.overTcp(deviceId, haproxy.port(), "127.8.1.2"), PLAIN_INDEX);

            Mqtt5Device avoiding = Mqtt5Device.overTcp(deviceId, plain.port(), "127.8.1.6");
            assertThatThrownBy(() -> avoiding.connect(SECRET)).isNotNull();
            assertThat(aborted(plain.meters(), "untrusted_proxy")).isEqualTo(1);
        }
    }

    /** Of one address no other CONNECT is checked, so a correct secret is refused there as well. */
    @Test
    void failedConnectsAreThoseOfTheDevicesAddress() throws Exception {
        String deviceId = bench.newDevice(cloud);
        try (Haproxy haproxy = start(bench.ports().mqttTls(), Checks.DOCUMENTED);
                LogRecords refused = new LogRecords("CONNECT refused: address=127.8.1.3 ")) {
            for (int i = 0; i < FailedConnectsTest.PER_ADDRESS; i++) {
                assertRefused(FakeCloud.newDeviceId(), haproxy.port(), "127.8.1.3");
            }
            assertRefused(deviceId, haproxy.port(), "127.8.1.3");
            Mqtt5Device elsewhere = Mqtt5Device.overTls(deviceId, haproxy.port(), tls.device(), "127.8.1.4");
            elsewhere.connect(SECRET);
            elsewhere.disconnect();

            assertThat(refused.soFar()).hasSize(FailedConnectsTest.PER_ADDRESS);
        }
    }

    /** They are more than one address may open at once. */
    @ParameterizedTest
    @EnumSource
    void healthChecksSucceedAndLeaveNoTrace(Checks checks) throws Exception {
        try (Haproxy haproxy = start(bench.ports().mqttTls(), checks);
                LogRecords lines = new LogRecords("Connection")) {
            double aborted = total(meters, "connector.connections.aborted");
            double refused = total(meters, "connector.connections.refused");

            haproxy.awaitSuccessfulChecks();

            assertThat(lines.soFar()).isEmpty();
            assertThat(total(meters, "connector.connections.aborted")).isEqualTo(aborted);
            assertThat(total(meters, "connector.connections.refused")).isEqualTo(refused);
        }
        await().atMost(TIMEOUT)
                .until(() -> meters.get("connector.connections.pending").gauge().value() == 0);
    }

    @Test
    void deviceThatAvoidsHaproxyIsRefused() {
        String deviceId = bench.newDevice(cloud);
        double untrusted = aborted("untrusted_proxy");
        double withoutHeader = aborted("proxy_header_invalid");

        assertRefused(deviceId, bench.ports().mqttTls(), "127.8.1.5");
        assertRefused(deviceId, bench.ports().mqttTls(), ProxyProtocolTest.BALANCER);

        assertThat(aborted("untrusted_proxy")).isEqualTo(untrusted + 1);
        await().atMost(TIMEOUT).until(() -> aborted("proxy_header_invalid") == withoutHeader + 1);
    }

    private Haproxy start(int connectorPort, Checks checks) throws Exception {
        return Haproxy.start(connectorPort, ProxyProtocolTest.BALANCER, checks, folder);
    }

    private void payFrom(String address, Mqtt5Device device, int connectorIndex) {
        try (LogRecords connected =
                new LogRecords("Device connected: address=%s deviceId=%s".formatted(address, device.deviceId()))) {
            device.start(SECRET);
            pay(device, connectorIndex);
            device.disconnect();

            assertThat(connected.soFar()).hasSize(1);
        }
    }

    private void pay(Mqtt5Device device, int connectorIndex) {
        UUID session = cloud.await(DeviceConnected.class, device.deviceId()).sessionId();
        UUID transaction = UUID.randomUUID();
        cloud.command(
                connectorIndex,
                new OfferTransaction(
                        device.deviceId(),
                        session,
                        transaction,
                        1,
                        "Card.Purchase",
                        RequestedAmounts.ofTotal(500),
                        null,
                        null,
                        null,
                        OriginalTransaction.NONE));
        await().atMost(TIMEOUT).until(() -> device.commands().size() == 1);
        device.sayAcknowledged("{\"type\":\"transaction-claim\",\"transactionId\":\"%s\"}".formatted(transaction));
        assertThat(cloud.await(TransactionClaimed.class, device.deviceId()).transactionId())
                .isEqualTo(transaction);
        cloud.command(connectorIndex, new GrantStart(device.deviceId(), session, transaction));
        await().atMost(TIMEOUT).until(() -> device.commands().size() == 2);
        device.sayAcknowledged("{\"type\":\"transaction-finished\",\"transactionId\":\"%s\",\"result\":\"OK\"}"
                .formatted(transaction));
        assertThat(cloud.await(TransactionFinished.class, device.deviceId()).transactionId())
                .isEqualTo(transaction);
    }

    private void assertRefused(String deviceId, int port, String address) {
        Mqtt5Device device = Mqtt5Device.overTls(deviceId, port, tls.device(), address);
        assertThatThrownBy(() -> device.connect(SECRET)).isNotNull();
    }

    private double aborted(String reason) {
        return aborted(meters, reason);
    }

    private static double aborted(MeterRegistry meters, String reason) {
        return meters.counter("connector.connections.aborted", "reason", reason).count();
    }

    private static double total(MeterRegistry meters, String counter) {
        return meters.find(counter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
