package dev.terminalcloud.connector.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One MQTT packet as it is sent.
 *
 * @param name name of its type
 * @param firstByte type and flags
 * @param rest what follows the length
 * @param propertiesAt where MQTT 5's properties are in the rest; -1 if it has none
 */
record Packet(String name, int firstByte, Buffer rest, int propertiesAt) {
    static final int MQTT_3_1_1 = 4;
    static final int MQTT_5 = 5;

    static Packet connect(int version, String deviceId, String secret) {
        Buffer head =
                text("MQTT").appendByte((byte) version).appendByte((byte) 0xc2).appendShort((short) 30);
        return withProperties(
                "CONNECT",
                0x10,
                version,
                head,
                text(deviceId).appendBuffer(text(deviceId)).appendBuffer(text(secret)));
    }

    static Packet subscribe(int version, String filter, int qos) {
        return withProperties("SUBSCRIBE", 0x82, version, id(1), text(filter).appendByte((byte) qos));
    }

    static Packet unsubscribe(int version, String filter) {
        return withProperties("UNSUBSCRIBE", 0xa2, version, id(2), text(filter));
    }

    static Packet publish(int version, String topic, int packetId, Buffer payload) {
        return withProperties("PUBLISH", 0x32, version, text(topic).appendBuffer(id(packetId)), payload);
    }

    static Packet publish(int version, String topic, int packetId, String payload) {
        return publish(version, topic, packetId, Buffer.buffer(payload));
    }

    /** Returns PUBACK, PUBREC, PUBREL or PUBCOMP with a reason code, for a message that was never sent. */
    static Packet acknowledgement(String name, int firstByte, int reason) {
        return new Packet(name, firstByte, id(4711).appendByte((byte) reason), -1);
    }

    static Packet ping() {
        return new Packet("PINGREQ", 0xc0, Buffer.buffer(), -1);
    }

    static Packet disconnect(int reason) {
        return new Packet("DISCONNECT", 0xe0, Buffer.buffer().appendByte((byte) reason), -1);
    }

    /** Returns packets that only servers may send, and packets of unknown types. */
    static List<Packet> notForClients() {
        return List.of(
                new Packet("CONNACK", 0x20, bytes(0, 0), -1),
                new Packet("SUBACK", 0x90, bytes(0, 1, 1), -1),
                new Packet("UNSUBACK", 0xb0, bytes(0, 1), -1),
                new Packet("PINGRESP", 0xd0, Buffer.buffer(), -1),
                new Packet("AUTH", 0xf0, bytes(0x18, 0), -1),
                new Packet("type 0", 0x00, Buffer.buffer(), -1));
    }

    Buffer bytes() {
        return Buffer.buffer()
                .appendByte((byte) firstByte)
                .appendBuffer(length(rest.length()))
                .appendBuffer(rest);
    }

    /** Returns a length in the encoding of MQTT, seven bits a byte. */
    static Buffer length(int length) {
        Buffer written = Buffer.buffer();
        int left = length;
        for (; left >= 0x80; left >>= 7) {
            written.appendByte((byte) (left | 0x80));
        }
        return written.appendByte((byte) left);
    }

    static Buffer bytes(int... values) {
        Buffer written = Buffer.buffer();
        IntStream.of(values).forEach(value -> written.appendByte((byte) value));
        return written;
    }

    private static Packet withProperties(String name, int firstByte, int version, Buffer head, Buffer payload) {
        int propertiesAt = version == MQTT_5 ? head.length() : -1;
        Buffer rest = version == MQTT_5 ? head.appendByte((byte) 0) : head;
        return new Packet(name, firstByte, rest.appendBuffer(payload), propertiesAt);
    }

    private static Buffer id(int packetId) {
        return Buffer.buffer().appendShort((short) packetId);
    }

    private static Buffer text(String text) {
        byte[] encoded = text.getBytes(UTF_8);
        return Buffer.buffer().appendShort((short) encoded.length).appendBytes(encoded);
    }
}
