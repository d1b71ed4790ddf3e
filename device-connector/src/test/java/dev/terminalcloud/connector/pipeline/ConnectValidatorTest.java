package dev.terminalcloud.connector.pipeline;

import static dev.terminalcloud.connector.fake.RawPackets.connect5;
import static dev.terminalcloud.connector.fake.RawPackets.connectWithFlags;
import static dev.terminalcloud.connector.fake.RawPackets.payload;
import static dev.terminalcloud.connector.fake.RawPackets.payloadWithWill;
import static dev.terminalcloud.connector.fake.RawPackets.text;
import static dev.terminalcloud.connector.pipeline.PreConnectCloseReason.AUTHENTICATION_METHOD;
import static dev.terminalcloud.connector.pipeline.PreConnectCloseReason.CONNECT_PROTOCOL_ERROR;
import static dev.terminalcloud.connector.pipeline.PreConnectCloseReason.MALFORMED_CONNECT;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT 5, sections 3.1.2.11 and 3.1.3.2, property by property; and the connect flags of both versions. */
class ConnectValidatorTest {
    private static final String DEVICE = "7000000016";
    private static final int FLAGS = 0xc2;
    private static final int FLAGS_WITH_WILL = 0xce;

    /** The properties that CONNECT may have, with values that are allowed. */
    private static final List<String> ALLOWED = List.of(
            "1100000000",
            "11ffffffff", // Session Expiry Interval
            "210001",
            "21ffff", // Receive Maximum
            "2700000001",
            "27ffffffff", // Maximum Packet Size
            "220000",
            "22ffff", // Topic Alias Maximum
            "1900",
            "1901", // Request Response Information
            "1700",
            "1701", // Request Problem Information
            "26" + text("a") + text("b"),
            "26" + text("") + text("")); // User Property

    /** As {@link #ALLOWED}, for the properties of a will. */
    private static final List<String> ALLOWED_OF_WILL = List.of(
            "1800000000", // Will Delay Interval
            "0100",
            "0101", // Payload Format Indicator
            "0200000001", // Message Expiry Interval
            "03" + text("application/json"), // Content Type
            "08" + text("answers"), // Response Topic
            "090003000102", // Correlation Data
            "26" + text("a") + text("b")); // User Property

    @Test
    void eachPropertyMayOccurOnce() {
        assertAllowed(connect5(DEVICE, FLAGS, ""));
        for (String property : ALLOWED) {
            assertAllowed(connect5(DEVICE, FLAGS, property));
        }
        assertAllowed(connect5(DEVICE, FLAGS, "1100000000" + "210001" + "2700000001" + "220000" + "1900" + "1701"));
        for (String property : ALLOWED_OF_WILL) {
            assertAllowed(connect5(FLAGS_WITH_WILL, "", payloadWithWill(DEVICE, property)));
        }
    }

    @Test
    void onlyUserPropertyMayOccurTwice() {
        for (String property : ALLOWED) {
            String packet = connect5(DEVICE, FLAGS, property + property);
            if (property.startsWith("26")) {
                assertAllowed(packet);
            } else {
                assertInvalid(packet, CONNECT_PROTOCOL_ERROR, "must not occur more than once");
            }
        }
        for (String property : ALLOWED_OF_WILL) {
            String packet = connect5(FLAGS_WITH_WILL, "", payloadWithWill(DEVICE, property + property));
            if (property.startsWith("26")) {
                assertAllowed(packet);
            } else {
                assertInvalid(packet, CONNECT_PROTOCOL_ERROR, "must not occur more than once");
            }
        }
    }

    @Test
    void propertyMayNotOccurTwiceWithAnotherBetween() {
        assertInvalid(connect5(DEVICE, FLAGS, "210001" + "1701" + "210002"), CONNECT_PROTOCOL_ERROR, "RECEIVE_MAXIMUM");
    }

    @ParameterizedTest
    @CsvSource({
        "210000, RECEIVE_MAXIMUM must not be 0",
        "2700000000, MAXIMUM_PACKET_SIZE must not be 0",
        "1702, REQUEST_PROBLEM_INFORMATION must be 0 or 1",
        "17ff, REQUEST_PROBLEM_INFORMATION must be 0 or 1",
        "1902, REQUEST_RESPONSE_INFORMATION must be 0 or 1",
        "16000101, AUTHENTICATION_DATA must not occur without AUTHENTICATION_METHOD",
        "160000, AUTHENTICATION_DATA must not occur without AUTHENTICATION_METHOD",
        "1500015815000158, AUTHENTICATION_METHOD must not occur more than once",
        "15000158160001011600, AUTHENTICATION_DATA must not occur more than once",
    })
    void valueThatIsNotAllowedIsAProtocolError(String properties, String rule) {
        assertInvalid(connect5(DEVICE, FLAGS, properties), CONNECT_PROTOCOL_ERROR, rule);
    }

    @Test
    void payloadFormatIndicatorOfAWillIsAFlag() {
        assertInvalid(
                connect5(FLAGS_WITH_WILL, "", payloadWithWill(DEVICE, "0102")),
                CONNECT_PROTOCOL_ERROR,
                "PAYLOAD_FORMAT_INDICATOR must be 0 or 1");
    }

    @Test
    void authenticationMethodIsNotSupported() {
        String method = "15" + text("SCRAM-SHA-256");

        assertInvalid(connect5(DEVICE, FLAGS, method), AUTHENTICATION_METHOD, "not supported");
        assertInvalid(connect5(DEVICE, FLAGS, method + "16000101"), AUTHENTICATION_METHOD, "not supported");
        assertInvalid(connect5(DEVICE, FLAGS, "16000101" + method), AUTHENTICATION_METHOD, "not supported");
        assertInvalid(connect5(DEVICE, FLAGS, method + "210000"), CONNECT_PROTOCOL_ERROR, "RECEIVE_MAXIMUM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "7f00",
                "0100",
                "0200000001",
                "0300016a",
                "0800016a",
                "09000101",
                "0b01",
                "1200016a",
                "130001",
                "1800000000",
                "1a00016a",
                "1c00016a",
                "1f00016a",
                "230001",
                "2401",
                "2501",
                "2801",
                "2901",
                "2a01"
            })
    void propertyOfAnotherPacketIsMalformed(String property) {
        assertInvalid(connect5(DEVICE, FLAGS, property), MALFORMED_CONNECT, "section CONNECT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1100000000", "210001", "2700000001", "220000", "1900", "1700", "1500016a", "16000101"})
    void propertyOfConnectIsMalformedInAWill(String property) {
        assertInvalid(
                connect5(FLAGS_WITH_WILL, "", payloadWithWill(DEVICE, property)), MALFORMED_CONNECT, "section WILL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"21", "2100", "27000000", "17", "260001", "15", "150005", "1600ff01", "80808080", "8080808001"})
    void truncatedPropertyIsMalformed(String property) {
        assertInvalid(connect5(DEVICE, FLAGS, property), MALFORMED_CONNECT, "must not");
    }

    @ParameterizedTest
    @CsvSource({
        "c3, Reserved connect flag",
        "da, Will QoS must not be 3",
        "de, Will QoS must not be 3",
        "ca, without a will",
        "d2, without a will",
        "e2, without a will",
    })
    void connectFlagsAreChecked(String flags, String rule) {
        int bits = HexFormat.fromHexDigits(flags);

        assertInvalid(connectWithFlags(DEVICE, bits), MALFORMED_CONNECT, rule);
        assertInvalid(connect5(DEVICE, bits, ""), MALFORMED_CONNECT, rule);
    }

    @Test
    void passwordWithoutUserNameIsMalformedBeforeMqtt5() {
        String packet = connect5(0x42, "", text(DEVICE) + text("secret"));

        assertAllowed(packet);
        assertInvalid(connectWithFlags(DEVICE, 0x42), MALFORMED_CONNECT, "without a user name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0002c328", "0001ff", "0003eda080", "0004f4908080", "0002c080", "00017f0001", "000100"})
    void textsAreWellFormedUtf8(String clientId) {
        assertInvalid(connect5(0x02, "", clientId), MALFORMED_CONNECT, "must");
    }

    @Test
    void userPropertyIsWellFormedUtf8() {
        assertInvalid(connect5(DEVICE, FLAGS, "260001ff0000"), MALFORMED_CONNECT, "well-formed");
    }

    @Test
    void packetEndsWithItsLastField() {
        assertInvalid(connect5(FLAGS, "", payload(DEVICE) + "00"), MALFORMED_CONNECT, "end after its last field");
        assertInvalid(connect5(FLAGS, "", text(DEVICE)), MALFORMED_CONNECT, "end within a field");
    }

    @Test
    void otherPacketsAreLeftToTheDecoder() {
        assertAllowed("c000");
        assertAllowed("10" + "0c" + text("MQTT") + "06" + "03" + "000a" + text(""));
        assertAllowed("10" + "0e" + text("MQIsdp") + "03" + "03" + "000a" + text(""));
        assertAllowed("10" + "00");
        assertAllowed("00");
    }

    private static void assertAllowed(String packet) {
        assertThatCode(() -> ConnectValidator.validate(bytes(packet))).doesNotThrowAnyException();
    }

    private static void assertInvalid(String packet, PreConnectCloseReason reason, String rule) {
        assertThatThrownBy(() -> ConnectValidator.validate(bytes(packet)))
                .hasMessageContaining(rule)
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidConnectException.class))
                .returns(reason, InvalidConnectException::reason);
    }

    private static ByteBuf bytes(String packet) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(packet));
    }
}
