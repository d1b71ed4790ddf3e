package dev.terminalcloud.connector.fuzz;

import io.vertx.core.buffer.Buffer;

/** WebSocket frames of a client (RFC 6455). */
final class WebSocketFrame {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int LAST = 0x80;
    static final int MASKED = 0x80;

    private static final byte[] MASK = {1, 2, 3, 4};
    private static final int TWO_BYTES_FOLLOW = 126;
    private static final int EIGHT_BYTES_FOLLOW = 127;

    private WebSocketFrame() {}

    static Buffer handshake() {
        return request("/mqtt");
    }

    static Buffer request(String path) {
        return Buffer.buffer("GET " + path + " HTTP/1.1\r\nHost: fuzz\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: mqtt\r\n\r\n");
    }

    /** Returns a whole message in one frame. */
    static Buffer of(int opcode, Buffer payload) {
        return frame(opcode | LAST, payload);
    }

    /** @param firstByte FIN, the reserved bits and the opcode */
    static Buffer frame(int firstByte, Buffer payload) {
        int length = payload.length();
        Buffer frame = Packet.bytes(firstByte);
        if (length < TWO_BYTES_FOLLOW) {
            frame.appendByte((byte) (length | MASKED));
        } else if (length <= 0xffff) {
            frame.appendByte((byte) (TWO_BYTES_FOLLOW | MASKED)).appendShort((short) length);
        } else {
            frame.appendByte((byte) (EIGHT_BYTES_FOLLOW | MASKED)).appendLong(length);
        }
        frame.appendBytes(MASK);
        for (int i = 0; i < length; i++) {
            frame.appendByte((byte) (payload.getByte(i) ^ MASK[i % MASK.length]));
        }
        return frame;
    }
}
