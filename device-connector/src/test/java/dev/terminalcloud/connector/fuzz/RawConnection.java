package dev.terminalcloud.connector.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.terminalcloud.connector.mqtt.ListeningPorts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Sends bytes as they are, on a connection of their own, and waits for its end. */
final class RawConnection {
    /** Longer than each of the connector's own times. */
    private static final int TIMEOUT_MILLIS = 20_000;

    private final ListeningPorts ports;

    RawConnection(ListeningPorts ports) {
        this.ports = ports;
    }

    /**
     * Comes from any of this machine's many loop-back addresses, so that limits for one address hide nothing.
     *
     * @return what is wrong with the connection's end; empty if nothing is
     */
    Optional<String> send(FuzzCase attempt, RandomGenerator random) throws IOException {
        byte[] client = {127, (byte) random.nextInt(1, 255), (byte) random.nextInt(256), (byte) random.nextInt(1, 255)};
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(),
                attempt.transport().port(ports),
                InetAddress.getByAddress(client),
                0)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            if (attempt.transport().needsHandshake()) {
                shakeHands(socket);
            }
            write(socket, attempt);
            return awaitEnd(socket);
        }
    }

    /** A connector that has heard enough may have closed the connection before everything is written. */
    private static void write(Socket socket, FuzzCase attempt) {
        try {
            socket.getOutputStream()
                    .write(attempt.transport().wrapped(attempt.bytes()).getBytes());
            if (!attempt.mustClose()) {
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            return;
        }
    }

    private static Optional<String> awaitEnd(Socket socket) {
        try {
            long unused = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return Optional.empty();
        } catch (SocketTimeoutException e) {
            return Optional.of("the connection was left open");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void shakeHands(Socket socket) throws IOException {
        socket.getOutputStream().write(WebSocketFrame.handshake().getBytes());
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            byte[] next = socket.getInputStream().readNBytes(1);
            if (next.length == 0) {
                throw new IOException("no WebSocket but " + answer);
            }
            answer.append(new String(next, US_ASCII));
        }
    }
}
