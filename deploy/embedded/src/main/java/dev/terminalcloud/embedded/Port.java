package dev.terminalcloud.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of this machine, of 127.0.0.1 unless said otherwise. */
public final class Port {
    /** The maximum TCP port. */
    public static final int MAX_PORT = 65535;

    /** Below 32768, from where Linux takes the ports of outgoing connections: none of these can take a port that was free. */
    private static final int FIRST_FREE = 20_000;

    private static final int LAST_FREE = 32_767;
    private static final int MAX_ATTEMPTS = 1_000;

    private Port() {}

    /** Returns a port that is free now. Nothing reserves it: bind it soon. */
    public static int free() {
        return free(1).get(0);
    }

    /** Returns different ports that are free now. Nothing reserves them: bind them soon. */
    public static List<Integer> free(int count) {
        if (count == 0) {
            return List.of();
        }
        try (ServerSocket socket = bindAny()) {
            List<Integer> ports = new ArrayList<>(free(count - 1));
            ports.add(socket.getLocalPort());
            return List.copyOf(ports);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to find a free port on 127.0.0.1", e);
        }
    }

    private static ServerSocket bindAny() throws IOException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_FREE, LAST_FREE + 1);
            ServerSocket socket = new ServerSocket();
            try {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return socket;
            } catch (BindException inUse) {
                socket.close();
            }
        }
        throw new IOException("No port from %d to %d could be bound".formatted(FIRST_FREE, LAST_FREE));
    }

    /**
     * Returns the wanted port, or a free one for 0.
     *
     * @param user the server that will listen there, for the error message
     * @throws PortInUseException if the port is in use
     */
    public static int freeOr(int wanted, String user) {
        if (wanted == 0) {
            return free();
        }
        requireFree(wanted, user);
        return wanted;
    }

    /**
     * Fails early and clearly, where the server itself would fail late and with an unclear message.
     *
     * @param user the server that will listen there, for the error message
     * @throws PortInUseException if the port is in use, or listening there is not allowed
     */
    public static void requireFree(int port, String user) {
        requireFree(InetAddress.getLoopbackAddress().getHostAddress(), port, user);
    }

    /** Fails as {@link #requireFree(int, String)} does, for another address of this machine than 127.0.0.1. */
    public static void requireFree(String host, int port, String user) {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "%s: port must be between 1 and %d, was %d".formatted(user, MAX_PORT, port));
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new PortInUseException(host, port, user, e);
        }
    }
}
