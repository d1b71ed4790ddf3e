package dev.terminalcloud.certification.device.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An event between the device and the cloud. */
public sealed interface TraceEntry {
    Instant at();

    /** An entry of one connection; the first that was accepted is 1. */
    sealed interface ConnectionEntry extends TraceEntry {
        int connection();
    }

    /**
     * The CONNECT of the device was accepted.
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

    /** CONNECT was refused: because of wrong credentials, or because the suite currently refuses all. */
    record ConnectRefused(Instant at, String clientId, boolean wrongCredentials) implements TraceEntry {}

    /**
     * The device subscribed.
     *
     * @param topics each with its QoS, such as {@code devices/7000000001/commands 1}
     * @param valid true if these are the topics and the QoS of the protocol
     */
    record Subscribed(Instant at, int connection, List<String> topics, boolean valid) implements ConnectionEntry {}

    /**
     * The device published a message.
     *
     * @param onItsTopic true if it went to its own topic for events, with QoS 1 and not retained
     * @param message empty if it is not a JSON object
     */
    record MessageReceived(
            Instant at, int connection, String topic, boolean onItsTopic, int size, Optional<ObjectNode> message)
            implements ConnectionEntry {

        /** Returns the type of the message, or an empty text. */
        public String type() {
            return text("type");
        }

        /** Returns a member as text, or an empty text if it is absent or not a scalar. */
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
     * The connection is closed.
     *
     * @param disconnect true if the device sent DISCONNECT
     */
    record Disconnected(Instant at, int connection, boolean disconnect) implements ConnectionEntry {}
}
