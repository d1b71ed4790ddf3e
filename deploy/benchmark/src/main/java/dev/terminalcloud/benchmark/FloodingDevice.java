package dev.terminalcloud.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A registered device at full speed: it reports results of transactions that never were, each with a receipt, as fast as the
 * connection takes them, and connects again whenever it is closed. On two threads of its own.
 */
final class FloodingDevice implements AutoCloseable {
    private static final Duration RETRY_DELAY = Duration.ofMillis(50);
    private static final int RECEIPT_LENGTH = 16_000;
    private static final int PUBLISH = 0x32;

    private final String id;
    private final String secret;
    private final String host;
    private final int port;
    private final LongAdder sent;
    private final LongAdder connections;
    private final Thread writer;
    private volatile boolean closed;
    private volatile Socket socket;

    /** Starts the flood. */
    FloodingDevice(SystemUnderTest cloud, int number, LongAdder sent, LongAdder connections) {
        this.id = cloud.deviceId(number);
        this.secret = cloud.secret();
        this.host = cloud.devicesUrl().getHost();
        this.port = cloud.devicesUrl().getPort();
        this.sent = sent;
        this.connections = connections;
        this.writer = new Thread(this::flood, "flood-" + number);
        writer.start();
    }

    @Override
    public void close() {
        closed = true;
        try {
            Socket open = socket;
            if (open != null) {
                open.close();
            }
            writer.join();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void flood() {
        while (!closed) {
            try (Socket open = new Socket(host, port)) {
                socket = open;
                connections.increment();
                Thread reader = new Thread(() -> skip(open), "flood-reader");
                reader.setDaemon(true);
                reader.start();
                send(open.getOutputStream());
            } catch (IOException closedByTheConnector) {
                LockSupport.parkNanos(RETRY_DELAY.toNanos());
            }
        }
    }

    /** Reads and drops what the connector sends, until the connection ends. */
    private static void skip(Socket open) {
        try {
            long unused = open.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException ended) {
            return;
        }
    }

    private void send(OutputStream socketStream) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socketStream, 65_536));
        packet(out, 0x10, connect());
        packet(out, 0x82, subscribe());
        publish(out, 1, "{\"type\":\"hello\",\"model\":\"Flood\",\"firmware\":\"1\",\"status\":\"READY\"}");
        out.flush();
        String receipt = "FLOOD ".repeat(RECEIPT_LENGTH / 6);
        for (int packetId = 2; !closed; packetId = packetId % 65_535 + 1) {
            publish(
                    out,
                    packetId,
                    "{\"type\":\"transaction-finished\",\"transactionId\":\"%s\",\"result\":\"OK\",\"transactionResult\":\"OK-ACCEPTED\",\"amountTotal\":1,\"receipt\":\"%s\"}"
                            .formatted(UUID.randomUUID(), receipt));
            out.flush();
            sent.increment();
        }
    }

    private Packet connect() {
        return body -> {
            body.writeUTF("MQTT");
            body.write(new byte[] {4, (byte) 0xc2, 0, 60});
            body.writeUTF(id);
            body.writeUTF(id);
            body.writeUTF(secret);
        };
    }

    private Packet subscribe() {
        return body -> {
            body.writeShort(1);
            body.writeUTF("devices/" + id + "/commands");
            body.write(1);
        };
    }

    private void publish(DataOutputStream out, int packetId, String message) throws IOException {
        packet(out, PUBLISH, body -> {
            body.writeUTF("devices/" + id + "/events");
            body.writeShort(packetId);
            body.write(message.getBytes(UTF_8));
        });
    }

    private interface Packet {
        void write(DataOutputStream body) throws IOException;
    }

    /** Writes a packet; the strings of MQTT are those of {@link DataOutputStream#writeUTF} here, and its length is in base 128. */
    private static void packet(DataOutputStream out, int firstByte, Packet packet) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        packet.write(new DataOutputStream(body));
        out.write(firstByte);
        int length = body.size();
        for (; length > 0x7f; length >>= 7) {
            out.write((length & 0x7f) | 0x80);
        }
        out.write(length);
        body.writeTo(out);
    }
}
