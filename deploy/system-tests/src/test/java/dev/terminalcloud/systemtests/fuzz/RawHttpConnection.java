package dev.terminalcloud.systemtests.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Sends bytes unchanged and returns the response. */
final class RawHttpConnection {
    /** No request is held that long here: a longer one hangs. */
    private static final int TIMEOUT_MILLIS = 60_000;

    /** @param head the status line and the headers, in lower case */
    record Reply(int status, String head, String body) {}

    private final URI cloud;

    RawHttpConnection(URI cloud) {
        this.cloud = cloud;
    }

    /**
     * Sends on a separate connection, from any of this machine's many loopback addresses, so that the limits for one
     * address hide nothing.
     *
     * @throws IOException also if no response arrives in time, or one that is not HTTP
     */
    Reply send(FuzzCase.Request request, RandomGenerator random) throws IOException {
        byte[] client = {127, (byte) random.nextInt(1, 255), (byte) random.nextInt(256), (byte) random.nextInt(1, 255)};
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), cloud.getPort(), InetAddress.getByAddress(client), 0)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            request.writeTo(socket.getOutputStream());
            return parse(socket.getInputStream().readAllBytes());
        }
    }

    private static Reply parse(byte[] bytes) throws IOException {
        String text = new String(bytes, ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.") || end < 0) {
            throw new IOException("not an HTTP response but " + bytes.length + " bytes: " + text);
        }
        String head = text.substring(0, end).toLowerCase(Locale.ROOT);
        String body = text.substring(end + 4);
        boolean chunked = head.contains("transfer-encoding: chunked");
        int status = Integer.parseInt(text.substring(9, 12));
        return new Reply(status, head, utf8(chunked ? unchunked(body) : body));
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(ISO_8859_1), UTF_8);
    }

    private static String unchunked(String body) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (true) {
            int lineEnd = body.indexOf("\r\n", at);
            int length = Integer.parseInt(body.substring(at, lineEnd), 16);
            if (length == 0) {
                return whole.toString();
            }
            whole.append(body, lineEnd + 2, lineEnd + 2 + length);
            at = lineEnd + 2 + length + 2;
        }
    }
}
