package dev.terminalcloud.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A device that connects, sends hello, and from then on only acknowledges commands and pings. It is minimal, so that one process can have
 * many. Not thread-safe.
 */
final class IdleDevice {
    private static final int PUBLISH = 3;
    private static final int PUBACK = 4;
    private static final int CONNACK = 2;
    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final byte[] PING = {(byte) 0xc0, 0};
    private static final String HELLO =
            "{\"type\":\"hello\",\"model\":\"Idle\",\"firmware\":\"1\",\"status\":\"READY\"}";

    private final String id;
    private final String secret;
    private SocketChannel channel;
    private ByteBuffer begun = ByteBuffer.allocate(0);
    private boolean helloAcknowledged;

    IdleDevice(String id, String secret) {
        this.id = id;
        this.secret = secret;
    }

    /** Returns whether the connector has acknowledged its hello. */
    boolean isGreeted() {
        return helloAcknowledged;
    }

    /** Begins to connect. */
    void connect(InetSocketAddress connector, Selector selector) throws IOException {
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_CONNECT, this);
        if (channel.connect(connector)) {
            connected(channel.keyFor(selector));
        }
    }

    /** Sends CONNECT, SUBSCRIBE and hello when the network connection is established. */
    void connected(SelectionKey key) throws IOException {
        if (channel.finishConnect()) {
            key.interestOps(SelectionKey.OP_READ);
            write(beginning());
        }
    }

    void ping() throws IOException {
        write(ByteBuffer.wrap(PING));
    }

    /** Handles the received bytes. @return false if the connection is closed or the device is refused */
    boolean read(ByteBuffer buffer) throws IOException {
        buffer.clear().put(begun);
        int read = channel.read(buffer);
        buffer.flip();
        for (int end = endOfPacket(buffer); end >= 0; end = endOfPacket(buffer)) {
            if (!take(buffer, end)) {
                return false;
            }
            buffer.position(end);
        }
        begun = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
        return read >= 0;
    }

    /** Closes the connection without a DISCONNECT. */
    void close() throws IOException {
        helloAcknowledged = false;
        begun = ByteBuffer.allocate(0);
        if (channel != null) {
            channel.close();
        }
    }

    private boolean take(ByteBuffer buffer, int end) throws IOException {
        int type = (buffer.get(buffer.position()) >> 4) & 0xf;
        if (type == CONNACK) {
            return buffer.get(end - 1) == 0;
        }
        if (type == PUBACK) {
            helloAcknowledged = true;
        } else if (type == PUBLISH) {
            int topicAt = topicAt(buffer);
            int packetId = buffer.getShort(topicAt + 2 + buffer.getShort(topicAt));
            write(ByteBuffer.allocate(4)
                    .put((byte) (PUBACK << 4))
                    .put((byte) 2)
                    .putShort((short) packetId)
                    .flip());
        }
        return true;
    }

    /** Returns the end of the first packet; -1 if it is incomplete. */
    private static int endOfPacket(ByteBuffer buffer) {
        int length = 0;
        for (int at = buffer.position() + 1; at < buffer.limit(); at++) {
            int digit = buffer.get(at);
            length |= (digit & 0x7f) << (7 * (at - buffer.position() - 1));
            if (digit >= 0) {
                int end = at + 1 + length;
                return end <= buffer.limit() ? end : -1;
            }
        }
        return -1;
    }

    private static int topicAt(ByteBuffer buffer) {
        int at = buffer.position() + 1;
        while (buffer.get(at) < 0) {
            at++;
        }
        return at + 1;
    }

    /** Writes packets at once: a device sends far less than the buffer of a socket. */
    private void write(ByteBuffer packets) throws IOException {
        channel.write(packets);
        if (packets.hasRemaining()) {
            throw new IOException("The connector does not read");
        }
    }

    private ByteBuffer beginning() {
        ByteBuffer connect = ByteBuffer.allocate(256);
        text(connect, "MQTT");
        connect.put((byte) 4).put((byte) 0xc2).putShort((short) KEEP_ALIVE_SECONDS);
        text(connect, id);
        text(connect, id);
        text(connect, secret);
        ByteBuffer subscribe = ByteBuffer.allocate(256).putShort((short) 1);
        text(subscribe, "devices/" + id + "/commands");
        subscribe.put((byte) 1);
        ByteBuffer hello = ByteBuffer.allocate(256);
        text(hello, "devices/" + id + "/events");
        hello.putShort((short) 2).put(HELLO.getBytes(UTF_8));
        ByteBuffer packets = ByteBuffer.allocate(1024);
        packet(packets, 0x10, connect);
        packet(packets, 0x82, subscribe);
        packet(packets, 0x32, hello);
        return packets.flip();
    }

    private static void text(ByteBuffer packet, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        packet.putShort((short) bytes.length).put(bytes);
    }

    /** Writes a packet; its length has two bytes, which is allowed for a short one, too. */
    private static void packet(ByteBuffer packets, int firstByte, ByteBuffer rest) {
        rest.flip();
        packets.put((byte) firstByte)
                .put((byte) ((rest.remaining() & 0x7f) | 0x80))
                .put((byte) (rest.remaining() >> 7))
                .put(rest);
    }
}
