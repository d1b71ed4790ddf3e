package dev.terminalcloud.connector.fuzz;

import dev.terminalcloud.connector.mqtt.ListeningPorts;
import io.vertx.core.buffer.Buffer;

/** Transport of the bytes of a fuzz case. */
enum Transport {
    TCP,
    /** One binary frame for all of them. */
    WEB_SOCKET,
    /** One frame for every few of them. */
    WEB_SOCKET_IN_PIECES,
    /** Unchanged after the handshake: the bytes are frames already. */
    FRAMES,
    /** Unchanged, to the port for WebSocket. */
    HTTP;

    private static final int PIECE = 100;

    int port(ListeningPorts ports) {
        return this == TCP ? ports.mqtt() : ports.webSocket();
    }

    boolean needsHandshake() {
        return this != TCP && this != HTTP;
    }

    Buffer wrapped(Buffer bytes) {
        return switch (this) {
            case TCP, FRAMES, HTTP -> bytes;
            case WEB_SOCKET -> WebSocketFrame.of(WebSocketFrame.BINARY, bytes);
            case WEB_SOCKET_IN_PIECES -> inPieces(bytes);
        };
    }

    private static Buffer inPieces(Buffer bytes) {
        Buffer frames = Buffer.buffer();
        for (int at = 0; at < bytes.length(); at += PIECE) {
            frames.appendBuffer(WebSocketFrame.of(
                    WebSocketFrame.BINARY, bytes.getBuffer(at, Math.min(at + PIECE, bytes.length()))));
        }
        return frames;
    }
}
