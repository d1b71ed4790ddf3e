package dev.terminalcloud.connector.fake;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/** Packets in hexadecimal digits, which no stock client sends; of MQTT 3.1.1 unless their name says otherwise. */
public final class RawPackets {
    private RawPackets() {}

    /** CONNECT with the shortest keep-alive, 10 s. */
    public static String connect(String deviceId) {
        return connectWithFlags(deviceId, 0xc2);
    }

    /** CONNECT with these connect flags, and with the payload of a device. */
    public static String connectWithFlags(String deviceId, int flags) {
        return packet("10", text("MQTT") + "04" + "%02x".formatted(flags) + "000a" + payload(deviceId));
    }

    /** CONNECT of MQTT 5 with these connect flags, these properties, and the payload of a device. */
    public static String connect5(String deviceId, int flags, String properties) {
        return connect5(flags, properties, payload(deviceId));
    }

    public static String connect5(int flags, String properties, String payload) {
        return packet("10", text("MQTT") + "05" + "%02x".formatted(flags) + "000a" + section(properties) + payload);
    }

    /** Payload of a CONNECT without a will. */
    public static String payload(String deviceId) {
        return text(deviceId) + text(deviceId) + text(SECRET);
    }

    /** Payload of a CONNECT of MQTT 5 with a will with these properties. */
    public static String payloadWithWill(String deviceId, String willProperties) {
        return text(deviceId)
                + section(willProperties)
                + text("devices/" + deviceId + "/events")
                + text("{}")
                + text(deviceId)
                + text(SECRET);
    }

    public static String connectWithoutSecret(String deviceId) {
        return packet("10", text("MQTT") + "04" + "02" + "000a" + text(deviceId));
    }

    public static String subscribe(String deviceId) {
        return packet("82", "0001" + text("devices/" + deviceId + "/commands") + "01");
    }

    public static String hello(String deviceId) {
        return publish(deviceId, 1, TestDevice.HELLO);
    }

    public static String publish(String deviceId, int packetId, String message) {
        return packet("32", text("devices/" + deviceId + "/events") + "%04x".formatted(packetId) + hex(message));
    }

    public static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }

    /** So many PINGREQs. */
    public static byte[] pings(int count) {
        return HexFormat.of().parseHex("c000".repeat(count));
    }

    private static String packet(String type, String rest) {
        return type + section(rest);
    }

    /** Puts the length before the bytes. */
    private static String section(String bytes) {
        int length = bytes.length() / 2;
        String encoded =
                length < 128 ? "%02x".formatted(length) : "%02x%02x".formatted(length % 128 + 128, length / 128);
        return encoded + bytes;
    }

    public static String text(String text) {
        return "%04x".formatted(text.length()) + hex(text);
    }
}
