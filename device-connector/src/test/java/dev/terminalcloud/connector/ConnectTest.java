package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckRestrictions;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.LogRecords;
import dev.terminalcloud.connector.fake.Mqtt3Device;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.RawClient;
import dev.terminalcloud.connector.fake.RawPackets;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECTs that are accepted, and the answers to the others. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
class ConnectTest {
    @Inject
    TestBench bench;

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
    void connackListsUnsupportedFeatures() {
        Mqtt5Device device = newMqtt5Device();

        var answer = device.client().connect(device.connectWith(SECRET).build()).join();

        Mqtt5ConnAckRestrictions restrictions = answer.getRestrictions();
        assertThat(answer.getReasonCode()).isEqualTo(Mqtt5ConnAckReasonCode.SUCCESS);
        assertThat(answer.isSessionPresent()).isFalse();
        assertThat(restrictions.getMaximumQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
        assertThat(restrictions.isRetainAvailable()).isFalse();
        assertThat(restrictions.isWildcardSubscriptionAvailable()).isFalse();
        assertThat(restrictions.isSharedSubscriptionAvailable()).isFalse();
        assertThat(restrictions.areSubscriptionIdentifiersAvailable()).isFalse();
        assertThat(restrictions.getMaximumPacketSize()).isEqualTo(65_536);
        assertThat(restrictions.getReceiveMaximum()).isEqualTo(64);
        device.disconnect();
    }

    @Test
    void acceptedAndRefusedConnectsAreLoggedWithTheAddress() {
        Mqtt5Device device = newMqtt5Device();
        try (LogRecords accepted = new LogRecords("Device connected");
                LogRecords refused = new LogRecords("CONNECT refused")) {
            device.connect(SECRET);
            device.disconnect();
            assertThat(catchThrowable(() -> device.connect("wrong"))).isNotNull();

            assertThat(accepted.soFar())
                    .anyMatch(logged -> logged.contains("address=")
                            && logged.contains("127.0.0.1")
                            && logged.contains(device.deviceId()));
            assertThat(refused.soFar())
                    .anyMatch(logged -> logged.contains("address=")
                            && logged.contains("127.0.0.1")
                            && logged.contains(device.deviceId()));
        }
    }

    /** MQTT 3.1.1, section 3.1.4: a client need not wait for CONNACK. */
    @Test
    void packetsBeforeConnackAreHandledAfterIt() throws IOException {
        String deviceId = bench.newDevice(cloud);
        String packets = RawPackets.connect(deviceId)
                + RawPackets.subscribe(deviceId)
                + RawPackets.hello(deviceId)
                + RawPackets.publish(deviceId, 2, "{\"type\":\"status\",\"status\":\"READY\"}");
        String connack = "20020000";
        String suback = "9003000101";
        String pubacks = "40020001" + "40020002";

        assertThat(RawClient.beginningOfAnswerOverTcp(
                        bench.ports().mqtt(), packets, (connack + suback + pubacks).length() / 2))
                .startsWith(connack)
                .contains(suback)
                .endsWith(pubacks);
    }

    @Test
    void wrongSecretIsNotAuthorized() {
        Mqtt5Device five = newMqtt5Device();
        Mqtt3Device three = newMqtt3Device();

        assertThat(refused(five, five.connectWith("wrong"))).isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
        assertThat(refused(three, three.connectWith("wrong"))).isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
    }

    @Test
    void unknownDeviceIsNotAuthorized() {
        Mqtt5Device five =
                Mqtt5Device.overTcp(FakeCloud.newDeviceId(), bench.ports().mqtt());
        Mqtt3Device three =
                Mqtt3Device.overTcp(FakeCloud.newDeviceId(), bench.ports().mqtt());

        assertThat(refused(five, five.connectWith(SECRET))).isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
        assertThat(refused(three, three.connectWith(SECRET))).isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
    }

    @Test
    void revokedDeviceIsNotAuthorizedUntilRegisteredAgain() {
        Mqtt5Device device = newMqtt5Device();
        cloud.revoke(device.deviceId(), 2);
        bench.awaitAccepted(device.deviceId(), SECRET, false);

        assertThat(refused(device, device.connectWith(SECRET))).isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);

        cloud.register(device.deviceId(), 3, "another secret");
        bench.awaitAccepted(device.deviceId(), "another secret", true);
        assertThat(refused(device, device.connectWith(SECRET))).isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
        device.connect("another secret");
        device.disconnect();
    }

    @Test
    void userNameOfAnotherDeviceIsNotAuthorized() {
        Mqtt5Device device = newMqtt5Device();
        String other = bench.newDevice(cloud);

        Mqtt5ConnectBuilder connect = device.connectWith(SECRET)
                .simpleAuth()
                .username(other)
                .password(SECRET.getBytes(UTF_8))
                .applySimpleAuth();

        assertThat(refused(device, connect)).isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void missingPasswordIsNotAuthorized() {
        Mqtt5Device device = newMqtt5Device();

        Mqtt5ConnectBuilder connect = device.connectWith(SECRET)
                .simpleAuth()
                .username(device.deviceId())
                .applySimpleAuth();

        assertThat(refused(device, connect)).isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "123456789012345", "7000000001x", "٧٠٠٠٠٠٠٠٠١", "devices/+", "#"})
    void clientIdThatIsNotADeviceIdIsRejected(String clientId) {
        Mqtt5Device five = Mqtt5Device.overTcp(clientId, bench.ports().mqtt());
        Mqtt3Device three = Mqtt3Device.overTcp(clientId, bench.ports().mqtt());

        assertThat(refused(five, five.connectWith(SECRET)))
                .isEqualTo(Mqtt5ConnAckReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
        assertThat(refused(three, three.connectWith(SECRET))).isEqualTo(Mqtt3ConnAckReturnCode.IDENTIFIER_REJECTED);
    }

    @Test
    void sessionThatIsToBeKeptIsRefused() {
        Mqtt5Device five = newMqtt5Device();
        Mqtt3Device three = newMqtt3Device();

        assertThat(refused(five, five.connectWith(SECRET).cleanStart(false)))
                .isEqualTo(Mqtt5ConnAckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
        assertThat(refused(three, three.connectWith(SECRET).cleanSession(false)))
                .isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 61, 65_535})
    void keepAliveThatIsNotAllowedIsRefused(int seconds) {
        Mqtt5Device five = newMqtt5Device();
        Mqtt3Device three = newMqtt3Device();

        assertThat(refused(five, five.connectWith(SECRET).keepAlive(seconds)))
                .isEqualTo(Mqtt5ConnAckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
        assertThat(refused(three, three.connectWith(SECRET).keepAlive(seconds)))
                .isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
    }

    @Test
    void willIsRefused() {
        Mqtt5Device five = newMqtt5Device();
        Mqtt3Device three = newMqtt3Device();
        String topic = "devices/" + five.deviceId() + "/events";

        assertThat(refused(
                        five,
                        five.connectWith(SECRET)
                                .willPublish()
                                .topic(topic)
                                .qos(MqttQos.AT_LEAST_ONCE)
                                .payload("{}".getBytes(UTF_8))
                                .applyWillPublish()))
                .isEqualTo(Mqtt5ConnAckReasonCode.TOPIC_NAME_INVALID);
        assertThat(refused(
                        three,
                        three.connectWith(SECRET)
                                .willPublish()
                                .topic(topic)
                                .qos(MqttQos.AT_LEAST_ONCE)
                                .payload("{}".getBytes(UTF_8))
                                .applyWillPublish()))
                .isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
    }

    @Test
    void protocolVersionsOtherThan311And5AreRefused() throws IOException {
        String mqtt31 = "10" + "10" + "0006" + HexFormat.of().formatHex("MQIsdp".getBytes(UTF_8)) + "03" + "02" + "001e"
                + "0002" + "3730";
        String mqtt6 = "10" + "0e" + "0004" + HexFormat.of().formatHex("MQTT".getBytes(UTF_8)) + "06" + "02" + "001e"
                + "0002" + "3730";

        assertThat(answerTo(mqtt31)).isEqualTo("20020001");
        assertThat(answerTo(mqtt6)).isEqualTo("20020001");
    }

    /** Returns everything that the server sends until it closes the connection. */
    private String answerTo(String packet) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), bench.ports().mqtt())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(HexFormat.of().parseHex(packet));
            return HexFormat.of().formatHex(socket.getInputStream().readAllBytes());
        }
    }

    private Mqtt5Device newMqtt5Device() {
        return Mqtt5Device.overTcp(bench.newDevice(cloud), bench.ports().mqtt());
    }

    private Mqtt3Device newMqtt3Device() {
        return Mqtt3Device.overTcp(bench.newDevice(cloud), bench.ports().mqtt());
    }

    private static Mqtt5ConnAckReasonCode refused(Mqtt5Device device, Mqtt5ConnectBuilder connect) {
        Throwable refusal = catchThrowable(() -> device.client().toBlocking().connect(connect.build()));
        assertThat(refusal).isInstanceOf(Mqtt5ConnAckException.class);
        return ((Mqtt5ConnAckException) refusal).getMqttMessage().getReasonCode();
    }

    private static Mqtt3ConnAckReturnCode refused(Mqtt3Device device, Mqtt3ConnectBuilder connect) {
        Throwable refusal = catchThrowable(() -> device.client().toBlocking().connect(connect.build()));
        assertThat(refusal).isInstanceOf(Mqtt3ConnAckException.class);
        return ((Mqtt3ConnAckException) refusal).getMqttMessage().getReturnCode();
    }
}
