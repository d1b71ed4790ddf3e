package dev.terminalcloud.connector.fake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Sends one packet in hexadecimal digits, and receives the answer as such. */
public final class RawClient {
    private static final int TIMEOUT_SECONDS = 30;

    private RawClient() {}

    /** Returns everything that the server sends until it closes the connection. */
    public static String answerOverTcp(int port, String packet) throws IOException {
        try (Socket socket = connect(port, packet)) {
            return HexFormat.of().formatHex(socket.getInputStream().readAllBytes());
        }
    }

    /** Returns the first bytes that the server sends, and closes the connection. */
    public static String beginningOfAnswerOverTcp(int port, String packet, int bytes) throws IOException {
        try (Socket socket = connect(port, packet)) {
            return HexFormat.of().formatHex(socket.getInputStream().readNBytes(bytes));
        }
    }

    /** Returns the first bytes that the server sends to a client that goes on sending, whether they are read or not. */
    public static String beginningOfAnswerToFlood(int port, String packet, byte[] more, int bytes) throws IOException {
        try (Socket socket = connect(port, packet)) {
            try {
                socket.getOutputStream().write(more);
            } catch (SocketException closed) {
                // The answer is there nevertheless.
            }
            return HexFormat.of().formatHex(socket.getInputStream().readNBytes(bytes));
        }
    }

    /** Returns everything that the server sends until it closes the connection. */
    public static String answerOverWebSocket(int port, String packet) {
        Answer answer = new Answer();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("mqtt")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/mqtt"), answer)
                .join();
        socket.sendBinary(ByteBuffer.wrap(HexFormat.of().parseHex(packet)), true)
                .join();
        return answer.complete.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    private static Socket connect(int port, String packet) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_SECONDS * 1_000);
        socket.getOutputStream().write(HexFormat.of().parseHex(packet));
        return socket;
    }

    private static final class Answer implements WebSocket.Listener {
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final CompletableFuture<String> complete = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            received.writeBytes(bytes);
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            end();
            return null;
        }

        /** The server closes the network connection without a close frame. */
        @Override
        public void onError(WebSocket socket, Throwable failure) {
            end();
        }

        private void end() {
            complete.complete(HexFormat.of().formatHex(received.toByteArray()));
        }
    }
}
