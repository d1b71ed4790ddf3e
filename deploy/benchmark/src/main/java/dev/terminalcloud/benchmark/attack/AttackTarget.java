package dev.terminalcloud.benchmark.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/**
 * The system that is attacked.
 *
 * @param gateway the address of the public gateway
 * @param devices the address for devices, MQTT over TCP
 * @param firstDevice the first device that attacks, if devices do; the others have consecutive ids
 * @param secret the secret of these devices
 */
public record AttackTarget(URI gateway, URI devices, long firstDevice, String secret) {
    /** Another address of this machine than that of honest clients, so that limits for each address tell the two apart. */
    private static final String SOURCE = "127.0.0.2";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** A small buffer: what a socket keeps and the system never reads costs this machine and not an attacker's. */
    private static final int SEND_BUFFER_BYTES = 64 * 1024;

    String deviceId(int number) {
        return Long.toString(firstDevice + number);
    }

    /** Connects to an address of the system, from another address of this machine if the system is on it. */
    static Socket connect(URI address) throws IOException {
        InetSocketAddress peer = new InetSocketAddress(address.getHost(), address.getPort());
        Socket socket = new Socket();
        try {
            socket.setSendBufferSize(SEND_BUFFER_BYTES);
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            if (peer.getAddress().isLoopbackAddress()) {
                socket.bind(new InetSocketAddress(InetAddress.getByName(SOURCE), 0));
            }
            socket.connect(peer, (int) TIMEOUT.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
