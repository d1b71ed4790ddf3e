package dev.terminalcloud.connector.fuzz;

import static dev.terminalcloud.connector.fake.TestDevice.HELLO;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Messages that are not JSON, or that no device should send. */
final class HostileMessages {
    private static final String ID = new UUID(5, 6).toString();
    private static final String DIGITS = "9".repeat(5_000);

    private HostileMessages() {}

    /** Returns messages each of which closes the connection. */
    static Map<String, Buffer> malformed() {
        Map<String, Buffer> messages = new LinkedHashMap<>();
        messages.put("a long fraction", text("{\"type\":\"unpair\",\"pairingNumber\":0." + DIGITS + "}"));
        messages.put("a great exponent", text("{\"type\":\"unpair\",\"pairingNumber\":1e999999999}"));
        messages.put("a negative number", text("{\"type\":\"unpair\",\"pairingNumber\":-1}"));
        messages.put("a number over 64 bits", text("{\"type\":\"unpair\",\"pairingNumber\":9223372036854775808}"));
        messages.put("NaN", text("{\"type\":\"unpair\",\"pairingNumber\":NaN}"));
        messages.put("U+0000", text("{\"type\":\"pong\",\"nonce\":\"a\\u0000b\"}"));
        messages.put("a raw U+0000", text("{\"type\":\"pong\",\"nonce\":\"a\0b\"}"));
        messages.put("half a surrogate pair", text("{\"type\":\"pong\",\"nonce\":\"\\ud800\"}"));
        messages.put(
                "not UTF-8",
                text("{\"type\":\"pong\",\"nonce\":\"").appendByte((byte) 0xff).appendString("\"}"));
        messages.put("a long text", text("{\"type\":\"pong\",\"nonce\":\"" + "n".repeat(60_000) + "\"}"));
        messages.put("no status", text("{\"type\":\"status\",\"status\":\"\"}"));
        return messages;
    }

    /** Returns messages that the connector handles: it keeps even those that it can't parse. */
    static Map<String, Buffer> handled() {
        Map<String, Buffer> messages = new LinkedHashMap<>();
        messages.put("nothing", Buffer.buffer());
        messages.put("not JSON", text("hello"));
        messages.put("not an object", text("[]"));
        messages.put("null", text("null"));
        messages.put("two objects", text("{\"type\":\"pong\",\"nonce\":\"1\"}{}"));
        messages.put("no end", text("{\"type\":\"pong\""));
        messages.put("a member twice", text("{\"type\":\"pong\",\"type\":\"pong\",\"nonce\":\"1\"}"));
        messages.put("deep arrays", text("{\"type\":\"pong\",\"nonce\":\"1\",\"x\":" + "[".repeat(30_000)));
        messages.put("deep objects", text("{\"x\":".repeat(10_000)));
        messages.put("UTF-16", Buffer.buffer("{\"type\":\"pong\",\"nonce\":\"1\"}".getBytes(UTF_16)));
        messages.put("no type", text("{\"nonce\":\"1\"}"));
        messages.put("a type that is not a string", text("{\"type\":{\"type\":\"pong\"}}"));
        messages.put("no transaction", text("{\"type\":\"transaction-claim\",\"transactionId\":\"x\"}"));
        messages.put("a second hello", text(HELLO));
        messages.put("an unknown type", text("{\"type\":\"" + "x".repeat(60_000) + "\"}"));
        messages.put("unknown members", text("{\"type\":\"pong\",\"nonce\":\"1\",\"x\":[[{}]],\"\":null}"));
        messages.put("a number of 5000 digits", text("{\"type\":\"pong\",\"nonce\":\"1\",\"x\":" + DIGITS + "}"));
        messages.put(
                "a wrong amount",
                text("{\"type\":\"transaction-finished\",\"result\":\"OK\",\"amountTotal\":1e400,\"transactionId\":\""
                        + ID + "\"}"));
        messages.put(
                "a card number",
                text("{\"type\":\"transaction-finished\",\"result\":\"OK\",\"cardPan\":\"" + "4".repeat(50_000)
                        + "\",\"transactionId\":\"" + ID + "\"}"));
        return messages;
    }

    /** Returns packets each of which closes the connection. */
    static List<Packet> otherTopics(Conversation conversation) {
        int version = conversation.version();
        Stream<Packet> published = Stream.of(
                        "devices/7000000001/events",
                        "devices/+/events",
                        "#",
                        "",
                        "$SYS/x",
                        "devices/\0/events",
                        conversation.events() + "\0",
                        conversation.events() + "/",
                        conversation.commands(),
                        "x".repeat(40_000))
                .map(topic -> Packet.publish(version, topic, 9, "{\"type\":\"pairing-code-request\"}"));
        Stream<Packet> subscribed = Stream.of(
                        "devices/7000000001/commands",
                        "devices/+/commands",
                        "#",
                        "",
                        "$share/x/" + conversation.commands(),
                        conversation.events(),
                        conversation.commands() + "\0")
                .map(filter -> Packet.subscribe(version, filter, 1));
        return Stream.concat(published, subscribed).toList();
    }

    private static Buffer text(String text) {
        return Buffer.buffer(text.getBytes(UTF_8));
    }
}
