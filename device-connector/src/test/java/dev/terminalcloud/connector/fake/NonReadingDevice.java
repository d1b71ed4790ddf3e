package dev.terminalcloud.connector.fake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HexFormat;

/** A device on a bare socket that connects, subscribes, says hello, and never reads anything. */
public final class NonReadingDevice implements AutoCloseable {
    private static final int MIN_BUFFER = 1;

    private final Socket socket = new Socket();

    public NonReadingDevice(String deviceId, int port) throws IOException {
        socket.setReceiveBufferSize(MIN_BUFFER);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        send(RawPackets.connect(deviceId) + RawPackets.subscribe(deviceId) + RawPackets.hello(deviceId));
    }

    /** Returns whether the connector has closed the connection, which a device that does not read learns when it writes. */
    public boolean isReset() {
        try {
            send("c000");
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void send(String packets) throws IOException {
        socket.getOutputStream().write(HexFormat.of().parseHex(packets));
    }
}
