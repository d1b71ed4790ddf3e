package dev.terminalcloud.connector;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static dev.terminalcloud.connector.fake.RawPackets.connect5;
import static dev.terminalcloud.connector.fake.RawPackets.connectWithFlags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import dev.terminalcloud.connector.fake.EnhancedAuthentication;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.RawClient;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECTs with the right secret that MQTT does not allow, and what the connector answers. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
class InvalidConnectTest {
    private static final int FLAGS = 0xc2;
    private static final String ACCEPTED = "201a0000";

    @Inject
    TestBench bench;

    @Inject
    MeterRegistry meters;

    private FakeCloud cloud;
    private String deviceId;

    @BeforeEach
    void registerDevice() {
        cloud = bench.openCloud();
        deviceId = bench.newDevice(cloud);
    }

    @AfterEach
    void closeCloud() {
        cloud.close();
    }

    @ParameterizedTest
    @CsvSource({
        "210000, 2003008200", // Receive Maximum 0
        "2700000000, 2003008200", // Maximum Packet Size 0
        "210001210001, 2003008200", // Receive Maximum twice
        "11000000001100000000, 2003008200", // Session Expiry Interval twice
        "1702, 2003008200", // Request Problem Information 2
        "1902, 2003008200", // Request Response Information 2
        "16000101, 2003008200", // Authentication Data without Authentication Method
        "15000158, 2003008c00", // Authentication Method
        "230001, 2003008100", // Topic Alias, which belongs to PUBLISH
        "2100, 2003008100", // truncated
    })
    void propertyThatIsNotAllowedIsRefusedWithItsReasonCode(String properties, String answer) throws IOException {
        String packet = connect5(deviceId, FLAGS, properties);

        assertThat(RawClient.answerOverTcp(bench.ports().mqtt(), packet)).isEqualTo(answer);
        assertThat(RawClient.answerOverWebSocket(bench.ports().webSocket(), packet))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "11ffffffff", "210001", "27ffffffff", "22ffff", "1901", "1700", "26000161000162"})
    void propertyThatIsAllowedIsAccepted(String properties) throws IOException {
        assertThat(beginningOfAnswer(connect5(deviceId, FLAGS, properties))).isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xc3, 0xca, 0xda, 0xe2, 0x42})
    void connectFlagsThatAreNotAllowedCloseTheConnectionBeforeMqtt5(int flags) throws IOException {
        assertThat(RawClient.answerOverTcp(bench.ports().mqtt(), connectWithFlags(deviceId, flags)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xc3, 0xca, 0xda, 0xe2})
    void connectFlagsThatAreNotAllowedAreMalformedInMqtt5(int flags) throws IOException {
        assertThat(RawClient.answerOverTcp(bench.ports().mqtt(), connect5(deviceId, flags, "")))
                .isEqualTo("2003008100");
    }

    @ParameterizedTest
    @CsvSource({"00000004, ''", "00000005, 2003009500", "0000001b, 2003009500"})
    void maximumPacketSizeThatIsTooSmallForConnackIsRefused(String size, String answer) throws IOException {
        assertThat(RawClient.answerOverTcp(bench.ports().mqtt(), connect5(deviceId, FLAGS, "27" + size)))
                .isEqualTo(answer);
    }

    @Test
    void connackMayBeExactlyTheMaximumPacketSize() throws IOException {
        assertThat(beginningOfAnswer(connect5(deviceId, FLAGS, "270000001c"))).isEqualTo(ACCEPTED);
    }

    @Test
    void authenticationMethodOfAStockClientIsRefused() {
        Mqtt5Device device = Mqtt5Device.overTcp(deviceId, bench.ports().mqtt());

        Throwable refusal = catchThrowable(() -> device.client()
                .toBlocking()
                .connect(device.connectWith(SECRET)
                        .enhancedAuth(new EnhancedAuthentication())
                        .build()));

        assertThat(refusal).isInstanceOf(Mqtt5ConnAckException.class);
        assertThat(((Mqtt5ConnAckException) refusal).getMqttMessage().getReasonCode())
                .isEqualTo(Mqtt5ConnAckReasonCode.BAD_AUTHENTICATION_METHOD);
    }

    @Test
    void refusalsAreCounted() throws IOException {
        double before = protocolErrors();

        RawClient.answerOverTcp(bench.ports().mqtt(), connect5(deviceId, FLAGS, "210000"));

        assertThat(protocolErrors()).isEqualTo(before + 1);
    }

    private double protocolErrors() {
        return meters.counter("connector.connections.aborted", "reason", "connect_protocol_error")
                .count();
    }

    private String beginningOfAnswer(String packet) throws IOException {
        return RawClient.beginningOfAnswerOverTcp(bench.ports().mqtt(), packet, ACCEPTED.length() / 2);
    }
}
