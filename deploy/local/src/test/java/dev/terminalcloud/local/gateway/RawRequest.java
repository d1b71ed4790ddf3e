package dev.terminalcloud.local.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/** Bytes on a socket, for what no HTTP client would send, and what came back until the connection ended. */
final class RawRequest implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;

    private RawRequest(Socket socket) {
        this.socket = socket;
    }

    static RawRequest to(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new RawRequest(socket);
    }

    RawRequest send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /** Goes on sending while the answer is awaited, as clients do that read only when they have written everything. */
    CompletableFuture<Boolean> sendAll(String piece, int times) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                OutputStream out = socket.getOutputStream();
                byte[] bytes = piece.getBytes(ISO_8859_1);
                for (int i = 0; i < times; i++) {
                    out.write(bytes);
                }
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Everything until the other side ends the connection. */
    String readToEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /** At least this text, and whatever came with it. */
    String readUntil(String text) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder read = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (read.indexOf(text) < 0) {
            int length = in.read(buffer);
            if (length < 0) {
                throw new IOException("ended after: " + read);
            }
            read.append(new String(buffer, 0, length, ISO_8859_1));
        }
        return read.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
