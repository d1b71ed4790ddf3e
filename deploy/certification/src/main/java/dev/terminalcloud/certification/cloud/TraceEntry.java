package dev.terminalcloud.certification.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One thing that happened between the device and the cloud. */
public sealed interface TraceEntry {
    Instant at();

    /** An entry of one connection; the first that was accepted is 1. */
    sealed interface ConnectionEntry extends TraceEntry {
        int connection();
    }

    /**
     * The device was let in.
     *
     * @param protocolVersion 4 is MQTT 3.1.1, 5 is MQTT 5
     */
    record Connected(
            Instant at,
            int connection,
            String clientId,
            int protocolVersion,
            boolean webSocket,
            boolean cleanSession,
            int keepAliveSeconds,
            boolean will)
            implements ConnectionEntry {}

    /** CONNECT was refused: with a wrong name or secret, or because the suite lets nobody in just now. */
    record ConnectRefused(Instant at, String clientId, boolean wrongCredentials) implements TraceEntry {}

    /**
     * The device subscribed to something.
     *
     * @param topics each with its QoS behind it, {@code devices/7000000001/commands 1}
     */
    record Subscribed(Instant at, int connection, List<String> topics, boolean asItShould) implements ConnectionEntry {}

    /**
     * The device published something.
     *
     * @param onItsTopic its own topic for events, QoS 1, not retained
     * @param message empty when it is no JSON object
     */
    record MessageReceived(
            Instant at, int connection, String topic, boolean onItsTopic, int size, Optional<ObjectNode> message)
            implements ConnectionEntry {

        /** What is in {@code type}, or nothing. */
        public String type() {
            return text("type");
        }

        /** A member as text, or an empty text if it is none. */
        public String text(String member) {
            return message.map(json -> json.path(member).asText("")).orElse("");
        }

        public boolean isAbout(String transactionId) {
            return transactionId.equals(text("transactionId"));
        }
    }

    /** The cloud sent a command. */
    record CommandSent(Instant at, int connection, int messageId, ObjectNode message) implements ConnectionEntry {
        public String type() {
            return message.path("type").asText();
        }

        public boolean isAbout(String transactionId) {
            return transactionId.equals(message.path("transactionId").asText());
        }
    }

    /** The device acknowledged a command. */
    record Acknowledged(Instant at, int connection, int messageId) implements ConnectionEntry {}

    /**
     * The connection is over.
     *
     * @param disconnect the device said DISCONNECT
     */
    record Disconnected(Instant at, int connection, boolean disconnect) implements ConnectionEntry {}
}
