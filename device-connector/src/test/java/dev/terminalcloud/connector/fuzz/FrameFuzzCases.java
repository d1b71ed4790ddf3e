package dev.terminalcloud.connector.fuzz;

import static dev.terminalcloud.connector.fuzz.WebSocketFrame.BINARY;
import static dev.terminalcloud.connector.fuzz.WebSocketFrame.CLOSE;
import static dev.terminalcloud.connector.fuzz.WebSocketFrame.CONTINUATION;
import static dev.terminalcloud.connector.fuzz.WebSocketFrame.LAST;
import static dev.terminalcloud.connector.fuzz.WebSocketFrame.MASKED;
import static dev.terminalcloud.connector.fuzz.WebSocketFrame.PING;
import static dev.terminalcloud.connector.fuzz.WebSocketFrame.TEXT;

import dev.terminalcloud.connector.fuzz.Conversation.Stage;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Stream;

/** Malformed input below MQTT: WebSocket frames, and HTTP before them. */
final class FrameFuzzCases {
    private static final int REST_OF_MAX_LENGTH = 0xff;

    private FrameFuzzCases() {}

    static List<FuzzCase> of(Conversation conversation) {
        Buffer greeted = WebSocketFrame.of(BINARY, conversation.until(Stage.GREETED));
        Buffer packet = Packet.ping().bytes();
        Buffer longPacket = Buffer.buffer(new byte[70_000]);
        Stream<FuzzCase> closing = Stream.of(
                        fuzzCase("a text frame", WebSocketFrame.of(TEXT, packet)),
                        fuzzCase("a long text frame", WebSocketFrame.of(TEXT, Buffer.buffer(new byte[60_000]))),
                        fuzzCase("no mask", Packet.bytes(BINARY | LAST, 2).appendBuffer(packet)),
                        fuzzCase("an unknown opcode", WebSocketFrame.of(0x3, packet)),
                        fuzzCase("a frame too long", WebSocketFrame.of(BINARY, longPacket)),
                        fuzzCase(
                                "a length over 63 bits",
                                Packet.bytes(BINARY | LAST, 127 | MASKED)
                                        .appendLong(-1)
                                        .appendInt(REST_OF_MAX_LENGTH)),
                        fuzzCase("a continuation of nothing", WebSocketFrame.of(CONTINUATION, packet)),
                        fuzzCase("fragments too long", fragments(longPacket)),
                        fuzzCase("a close", WebSocketFrame.of(CLOSE, Packet.bytes(3, 0xe8))),
                        fuzzCase("a close without a code", WebSocketFrame.of(CLOSE, Packet.bytes(3))),
                        fuzzCase("a long ping", WebSocketFrame.of(PING, Buffer.buffer(new byte[126]))))
                .flatMap(each -> Stream.of(
                        each,
                        fuzzCase(each.title() + " after hello", greeted.copy().appendBuffer(each.bytes()))));
        Stream<FuzzCase> allowed = Stream.of(
                new FuzzCase(
                        "a reserved bit", Transport.FRAMES, WebSocketFrame.frame(BINARY | LAST | 0x40, packet), false),
                new FuzzCase(
                        "a ping",
                        Transport.FRAMES,
                        greeted.copy().appendBuffer(WebSocketFrame.of(PING, packet)),
                        false),
                new FuzzCase("fragments", Transport.FRAMES, fragments(conversation.until(Stage.GREETED)), false));
        return Stream.of(closing, allowed, http()).flatMap(each -> each).toList();
    }

    /** One message in many frames. */
    static Buffer fragments(Buffer message) {
        Buffer frames = WebSocketFrame.frame(BINARY, message.getBuffer(0, 1));
        int at = 1;
        for (; message.length() - at > 1_000; at += 1_000) {
            frames.appendBuffer(WebSocketFrame.frame(CONTINUATION, message.getBuffer(at, at + 1_000)));
        }
        return frames.appendBuffer(WebSocketFrame.frame(CONTINUATION | LAST, message.getBuffer(at, message.length())));
    }

    private static Stream<FuzzCase> http() {
        return Stream.of(
                        "GET / HTTP/1.1\r\nHost: fuzz\r\n\r\n",
                        "GET /mqtt HTTP/1.1\r\nHost: fuzz\r\n\r\n",
                        "POST /mqtt HTTP/1.1\r\nHost: fuzz\r\nContent-Length: 3\r\n\r\nabc",
                        "POST / HTTP/1.1\r\nHost: fuzz\r\nContent-Length: 99999999999\r\n\r\nabc",
                        "GET /mqtt HTTP/1.1\r\nHost: fuzz\r\nX: " + "x".repeat(20_000) + "\r\n\r\n",
                        "GET /mqtt HTTP/1.1\r\nHost: fuzz\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                        WebSocketFrame.request("/other").toString(),
                        WebSocketFrame.request("/mqtt/../mqtt").toString(),
                        "\0\u0001\u0002\r\n\r\n",
                        "GET /mqtt HTTP/1.1\r\nHost: fuzz\r\n",
                        "\u0016\u0003\u0001")
                .map(request -> new FuzzCase("HTTP", Transport.HTTP, Buffer.buffer(request), true));
    }

    private static FuzzCase fuzzCase(String title, Buffer frames) {
        return new FuzzCase(title, Transport.FRAMES, frames, true);
    }
}
