package dev.terminalcloud.transaction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/** A connection of a client that writes its requests byte by byte, valid or not. */
final class RawConnection implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    static RawConnection to(URI service) {
        try {
            Socket socket = new Socket(service.getHost(), service.getPort());
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawConnection send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends what the service still takes: it may have answered and closed the connection in the middle. */
    RawConnection sendAsMuchAsPossible(String text) {
        try {
            return send(text);
        } catch (UncheckedIOException closed) {
            return this;
        }
    }

    /** Returns the answer up to this text, or to the end of the connection. */
    String readUntil(String end) {
        try {
            InputStream in = socket.getInputStream();
            StringBuilder read = new StringBuilder();
            byte[] buffer = new byte[4096];
            while (read.indexOf(end) < 0) {
                int length = in.read(buffer);
                if (length < 0) {
                    break;
                }
                read.append(new String(buffer, 0, length, ISO_8859_1));
            }
            return read.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the service closes the connection, and drops what it sends before. */
    void awaitEnd() {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException reset) {
            // A connection that is reset is closed too.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
