package dev.terminalcloud.local.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.terminalcloud.local.TestTimeouts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/** A request as raw bytes on a socket, for requests that no HTTP client sends, and its answer until the connection ends. */
final class RawRequest implements AutoCloseable {
    private final Socket socket;

    private RawRequest(Socket socket) {
        this.socket = socket;
    }

    static RawRequest to(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) TestTimeouts.TIMEOUT.toMillis());
        return new RawRequest(socket);
    }

    RawRequest send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /** Sends in the background, as for clients that read only after they have written everything. */
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

    /** Closes the sending direction only, as some clients do after a request. */
    RawRequest finishSending() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Ends the connection with a reset, as the process of a client that is killed in the middle of an answer. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Returns everything until the other side closes the connection. */
    String readToEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /** Returns at least this text, with what came after it in the same read. */
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
