package dev.terminalcloud.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The TCP ports of 127.0.0.1. */
public final class Port {
    /** The highest that TCP knows. */
    public static final int MAX_PORT = 65535;

    private Port() {}

    /** A port that nobody listens on now. Nothing keeps it free: take it soon. */
    public static int free() {
        return free(1).get(0);
    }

    /** Different ports that nobody listens on now. Nothing keeps them free: take them soon. */
    public static List<Integer> free(int count) {
        if (count == 0) {
            return List.of();
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            List<Integer> ports = new ArrayList<>(free(count - 1));
            ports.add(socket.getLocalPort());
            return List.copyOf(ports);
        } catch (IOException e) {
            throw new UncheckedIOException("127.0.0.1 has no free port", e);
        }
    }

    /**
     * The port that was asked for, or a free one for 0.
     *
     * @param user who is going to listen there, for the message of the error
     * @throws PortInUseException if somebody listens there already
     */
    public static int freeOr(int wanted, String user) {
        if (wanted == 0) {
            return free();
        }
        requireFree(wanted, user);
        return wanted;
    }

    /**
     * Fails early and clearly where a server would fail late and obscurely.
     *
     * @param user who is going to listen there, for the message of the error
     * @throws PortInUseException if somebody listens there already, or listening there is not allowed
     */
    public static void requireFree(int port, String user) {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "%s can't have the port %d: ports are 1 to %d".formatted(user, port, MAX_PORT));
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new PortInUseException(port, user, e);
        }
    }
}
