package dev.terminalcloud.benchmark.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

/**
 * The packets of one {@link FloodingDevice}, encoded once: only packet id and transaction id change, so that the device uses little of the
 * processor that it shares with the system. Not thread-safe.
 */
final class FloodPackets {
    private static final int MAX_PACKET_SIZE = 65_536;
    private static final int MAX_NAMES = 6_500;
    private static final int RECEIPT_LENGTH = 16_000;
    private static final int CONNECT = 0x10;
    private static final int SUBSCRIBE = 0x82;
    private static final int PUBLISH = 0x32;
    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final int MAX_PACKET_ID = 65_535;
    private static final String RESULT =
            "{\"type\":\"transaction-finished\",\"transactionId\":\"%s\",\"result\":\"OK\","
                    + "\"transactionResult\":\"OK-ACCEPTED\",\"amountTotal\":1,\"receipt\":\"%s\"}";

    private final byte[] beginning;
    private final byte[] result;
    private final ByteBuffer resultFields;
    private final int packetIdAt;
    private final int transactionIdAt;
    private final long device;
    private final long run = System.nanoTime();
    private long number;

    /** @param device number of the device, which makes its transaction ids its own */
    FloodPackets(String deviceId, String secret, int device) {
        String events = "devices/" + deviceId + "/events";
        this.device = device;
        this.beginning = beginning(deviceId, secret, events);
        String message = RESULT.formatted(transactionId(), "FLOOD ".repeat(RECEIPT_LENGTH / 6));
        this.result = packet(PUBLISH, publish(events, message));
        this.resultFields = ByteBuffer.wrap(result);
        this.packetIdAt = result.length - message.length() - Short.BYTES;
        this.transactionIdAt = result.length - message.length() + message.indexOf(transactionId());
    }

    /** Returns a message as large as the connector accepts, of as many names as it has room for; they are ignored. */
    static byte[] manyNames(String deviceId) {
        String message = Names.object("\"type\":\"status\",\"status\":\"READY\",", MAX_NAMES);
        return packet(PUBLISH, publish("devices/" + deviceId + "/events", message));
    }

    /** Returns CONNECT, SUBSCRIBE and hello. */
    byte[] beginning() {
        return beginning;
    }

    /** Returns the result of a transaction that never was; the next call changes the returned bytes. */
    byte[] nextResult() {
        number++;
        resultFields.putShort(packetIdAt, (short) (number % MAX_PACKET_ID + 1));
        resultFields.put(transactionIdAt, transactionId().getBytes(US_ASCII));
        return result;
    }

    private String transactionId() {
        return new UUID((run & ~0xffffL) | 0x4000, Long.MIN_VALUE | device << 48 | number).toString();
    }

    /** Returns the CONNECT of a device. */
    static byte[] connect(String deviceId, String secret) {
        ByteBuffer connect = ByteBuffer.allocate(MAX_PACKET_SIZE);
        putText(connect, "MQTT");
        connect.put((byte) 4).put((byte) 0xc2).putShort((short) KEEP_ALIVE_SECONDS);
        putText(connect, deviceId);
        putText(connect, deviceId);
        putText(connect, secret);
        return packet(CONNECT, connect);
    }

    /** Returns the first bytes of a CONNECT that is a little longer. */
    static byte[] unfinishedConnect(int bytes) {
        byte[] whole = connect("7000000001", "x".repeat(bytes));
        return Arrays.copyOf(whole, bytes);
    }

    private static byte[] beginning(String deviceId, String secret, String events) {
        ByteBuffer subscribe = ByteBuffer.allocate(512).putShort((short) 1);
        putText(subscribe, "devices/" + deviceId + "/commands");
        subscribe.put((byte) 1);
        ByteBuffer hello =
                publish(events, "{\"type\":\"hello\",\"model\":\"Flood\",\"firmware\":\"1\",\"status\":\"READY\"}");
        ByteBuffer all = ByteBuffer.allocate(2048)
                .put(connect(deviceId, secret))
                .put(packet(SUBSCRIBE, subscribe))
                .put(packet(PUBLISH, hello))
                .flip();
        byte[] bytes = new byte[all.remaining()];
        all.get(bytes);
        return bytes;
    }

    private static ByteBuffer publish(String topic, String message) {
        ByteBuffer publish = ByteBuffer.allocate(MAX_PACKET_SIZE);
        putText(publish, topic);
        return publish.putShort((short) 1).put(message.getBytes(US_ASCII));
    }

    private static void putText(ByteBuffer packet, String text) {
        packet.putShort((short) text.length()).put(text.getBytes(US_ASCII));
    }

    /** Returns a packet of exactly its size; its length is in base 128, with the lowest digit first. */
    private static byte[] packet(int firstByte, ByteBuffer body) {
        body.flip();
        ByteBuffer header = ByteBuffer.allocate(5).put((byte) firstByte);
        int length = body.remaining();
        for (; length > 0x7f; length >>= 7) {
            header.put((byte) ((length & 0x7f) | 0x80));
        }
        header.put((byte) length).flip();
        byte[] packet = new byte[header.remaining() + body.remaining()];
        ByteBuffer.wrap(packet).put(header).put(body);
        return packet;
    }
}
