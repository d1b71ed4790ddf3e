package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static dev.terminalcloud.connector.fake.RawPackets.connect;
import static dev.terminalcloud.connector.fake.RawPackets.hello;
import static dev.terminalcloud.connector.fake.RawPackets.publish;
import static dev.terminalcloud.connector.fake.RawPackets.subscribe;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import dev.terminalcloud.connector.fake.NonReadingDevice;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits and timeouts, set low. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@TestProfile(ShortTimeoutsTest.ShortTimeoutsProfile.class)
class ShortTimeoutsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    public static final class ShortTimeoutsProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "connector.limits.max-connections", "2",
                    "connector.limits.max-unacknowledged-events", "1",
                    "connector.limits.connect-timeout", "1s",
                    "connector.limits.write-timeout", "4s",
                    "connector.limits.hello-timeout", "2s",
                    "connector.limits.command-ack-timeout", "1s");
        }
    }

    @Inject
    TestBench bench;

    @Inject
    MeterRegistry meters;

    private FakeCloud cloud;

    @BeforeEach
    void openCloud() {
        cloud = bench.openCloud();
    }

    @AfterEach
    void closeCloud() {
        cloud.close();
    }

    @Test
    void commandThatIsNotAcknowledgedClosesTheConnection() {
        Mqtt5Device device = bench.newStartedDevice(cloud);
        UUID session = cloud.await(DeviceConnected.class, device.deviceId()).sessionId();
        UUID transactionId = UUID.randomUUID();
        device.stopAcknowledging();

        try (LogRecords logged = new LogRecords(device.deviceId())) {
            cloud.command(0, new GrantStart(device.deviceId(), session, transactionId));

            assertThat(cloud.await(DeviceDisconnected.class, device.deviceId()).reason())
                    .isEqualTo("COMMAND_ACK_TIMEOUT");
            assertThat(logged.soFar())
                    .containsExactly("Device disconnected: deviceId=%s reason=COMMAND_ACK_TIMEOUT {transactionId=%s}"
                            .formatted(device.deviceId(), transactionId));
        }
    }

    @Test
    void deviceWithoutHelloIsDisconnected() {
        Mqtt5Device device =
                Mqtt5Device.overTcp(bench.newDevice(cloud), bench.ports().mqtt());
        device.connect(SECRET);
        device.subscribe();

        await().until(() -> !device.isConnected());
    }

    @Test
    void networkConnectionWithoutConnectIsClosed() throws IOException {
        assertThat(answerTo("", bench.ports().mqtt())).isEmpty();
    }

    @Test
    void byteNowAndThenDoesNotProlongTheTimeToConnect() throws IOException {
        String beginning = "10f00f" + "00044d515454" + "04c2000a" + "ffff";

        assertClosedWhileItSends(
                HexFormat.of().parseHex(beginning), bench.ports().mqtt());
    }

    @Test
    void headerNowAndThenDoesNotProlongTheTimeToConnect() throws IOException {
        byte[] beginning = "GET /mqtt HTTP/1.1\r\nHost: connector\r\nX-Endless: ".getBytes(UTF_8);

        assertClosedWhileItSends(beginning, bench.ports().webSocket());
    }

    @Test
    void socketOfADeviceThatDoesNotReadIsClosedAfterItsSessionHasEnded() throws IOException {
        String deviceId = bench.newDevice(cloud);
        try (NonReadingDevice device =
                new NonReadingDevice(deviceId, bench.ports().mqtt())) {
            UUID session = cloud.await(DeviceConnected.class, deviceId).sessionId();
            cloud.overwhelm(deviceId, session);

            assertThat(cloud.await(DeviceDisconnected.class, deviceId).reason()).isEqualTo("COMMAND_ACK_TIMEOUT");
            await().atMost(TIMEOUT).until(device::isReset);
        }
    }

    @Test
    void moreDevicesThanMayConnectAreRefusedAndTheirOwnSessionsCanBeReplaced() {
        Mqtt5Device one = bench.newStartedDevice(cloud);
        Mqtt5Device other = bench.newStartedDevice(cloud);
        Mqtt5Device five =
                Mqtt5Device.overTcp(bench.newDevice(cloud), bench.ports().mqtt());
        Mqtt3Device three =
                Mqtt3Device.overTcp(bench.newDevice(cloud), bench.ports().mqtt());

        assertThat(catchThrowable(() -> five.client()
                        .toBlocking()
                        .connect(five.connectWith(SECRET).build())))
                .isInstanceOfSatisfying(Mqtt5ConnAckException.class, refusal -> assertThat(
                                refusal.getMqttMessage().getReasonCode())
                        .isEqualTo(Mqtt5ConnAckReasonCode.SERVER_BUSY));
        assertThat(catchThrowable(() -> three.client()
                        .toBlocking()
                        .connect(three.connectWith(SECRET).build())))
                .isInstanceOfSatisfying(Mqtt3ConnAckException.class, refusal -> assertThat(
                                refusal.getMqttMessage().getReturnCode())
                        .isEqualTo(Mqtt3ConnAckReturnCode.SERVER_UNAVAILABLE));
        Mqtt5Device again = Mqtt5Device.overTcp(one.deviceId(), bench.ports().mqtt());
        again.start(SECRET);
        again.disconnect();
        other.disconnect();
        await().until(() -> !one.isConnected());
    }

    @Test
    void moreEventsThanMayBeUnacknowledgedCloseTheConnection() throws IOException {
        String deviceId = bench.newDevice(cloud);
        String more = publish(deviceId, 2, "{\"type\":\"pairing-code-request\"}");

        String answer = answerTo(
                connect(deviceId) + subscribe(deviceId) + hello(deviceId) + more,
                bench.ports().mqtt());

        assertThat(answer).isEqualTo("20020000" + "9003000101");
        assertThat(cloud.await(DeviceDisconnected.class, deviceId).reason())
                .isEqualTo("TOO_MANY_UNACKNOWLEDGED_EVENTS");
    }

    @Test
    void deviceIsDisconnectedOnKeepAliveTimeout() throws IOException {
        String deviceId = bench.newDevice(cloud);

        answerTo(
                connect(deviceId) + subscribe(deviceId) + hello(deviceId),
                bench.ports().mqtt());

        assertThat(cloud.await(DeviceDisconnected.class, deviceId).reason()).isEqualTo("KEEP_ALIVE_TIMEOUT");
        assertThat(meters.counter("connector.connections.closed", "reason", "keep_alive_timeout")
                        .count())
                .isEqualTo(1);
    }

    /** Sends the beginning, then a byte ten times a second until the server closes the connection. */
    private void assertClosedWhileItSends(byte[] beginning, int port) throws IOException {
        double closedBefore = closedWithoutConnect();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(100);
            socket.getOutputStream().write(beginning);

            await().atMost(TIMEOUT).until(() -> isClosedAfterAnotherByte(socket));
        }
        assertThat(closedWithoutConnect()).isEqualTo(closedBefore + 1);
    }

    private static boolean isClosedAfterAnotherByte(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    private double closedWithoutConnect() {
        return meters.counter("connector.connections.aborted", "reason", "connect_timeout")
                .count();
    }

    /** Returns everything that the server sends until it closes the connection. */
    private static String answerTo(String packets, int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.getOutputStream().write(HexFormat.of().parseHex(packets));
            return HexFormat.of().formatHex(socket.getInputStream().readAllBytes());
        }
    }
}
