package dev.terminalcloud.connector.fake;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/** Packets of MQTT 3.1.1 in hexadecimal digits, which no stock client sends. */
public final class RawPackets {
    private RawPackets() {}

    /** CONNECT with the shortest keep-alive, 10 s. */
    public static String connect(String deviceId) {
        return packet("10", text("MQTT") + "04" + "c2" + "000a" + text(deviceId) + text(deviceId) + text(SECRET));
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

    private static String packet(String type, String rest) {
        int length = rest.length() / 2;
        String encoded =
                length < 128 ? "%02x".formatted(length) : "%02x%02x".formatted(length % 128 + 128, length / 128);
        return type + encoded + rest;
    }

    private static String text(String text) {
        return "%04x".formatted(text.length()) + hex(text);
    }
}
