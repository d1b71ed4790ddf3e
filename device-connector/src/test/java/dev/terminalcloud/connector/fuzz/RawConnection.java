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

/** A connection for one fuzz case: it sends the bytes unchanged and waits for the end of the connection. */
final class RawConnection {
    /** Longer than each of the connector's own timeouts. */
    private static final int TIMEOUT_MILLIS = 20_000;

    private final ListeningPorts ports;

    RawConnection(ListeningPorts ports) {
        this.ports = ports;
    }

    /**
     * Sends the case from a random loopback address, so that limits for one address hide nothing.
     *
     * @return the violation at the end of the connection; otherwise empty
     */
    Optional<String> send(FuzzCase fuzzCase, RandomGenerator random) throws IOException {
        byte[] client = {127, (byte) random.nextInt(1, 255), (byte) random.nextInt(256), (byte) random.nextInt(1, 255)};
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(),
                fuzzCase.transport().port(ports),
                InetAddress.getByAddress(client),
                0)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            if (fuzzCase.transport().needsHandshake()) {
                shakeHands(socket);
            }
            write(socket, fuzzCase);
            return awaitEnd(socket);
        }
    }

    /** Writes the case; the connector may close the connection before everything is written. */
    private static void write(Socket socket, FuzzCase fuzzCase) {
        try {
            socket.getOutputStream()
                    .write(fuzzCase.transport().wrapped(fuzzCase.bytes()).getBytes());
            if (!fuzzCase.mustClose()) {
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
            return Optional.of("The connection was left open");
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
                throw new IOException("No WebSocket handshake but " + answer);
            }
            answer.append(new String(next, US_ASCII));
        }
    }
}
