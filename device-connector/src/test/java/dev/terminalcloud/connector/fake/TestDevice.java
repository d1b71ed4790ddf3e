package dev.terminalcloud.connector.fake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Queue;
import java.util.concurrent.CompletionStage;

/** A device on a stock MQTT client. */
public interface TestDevice {
    JsonMapper JSON = JsonMapper.builder().build();

    String HELLO = "{\"type\":\"hello\",\"model\":\"M1\",\"firmware\":\"1.0\",\"status\":\"READY\"}";

    String deviceId();

    /** Connects, as the device protocol wants it. */
    void connect(String secret);

    /** Connects without user name and password, as a device with a certificate may. */
    void connectWithoutSecret();

    /** Subscribes to the device's commands. */
    void subscribe();

    /** Publishes; completes when the message is acknowledged, fails if the connection ends before that. */
    CompletionStage<?> publish(String topic, String message);

    /** Returns the commands that the device received, oldest first. */
    Queue<JsonNode> commands();

    boolean isConnected();

    void disconnect();

    /** Publishes to the device's own topic. */
    default CompletionStage<?> say(String message) {
        return publish("devices/" + deviceId() + "/events", message);
    }

    /** As {@link #say}; waits for the acknowledgement. */
    default void sayAcknowledged(String message) {
        say(message).toCompletableFuture().join();
    }

    /** Connects, subscribes and says hello. */
    default void start(String secret) {
        connect(secret);
        subscribe();
        sayAcknowledged(HELLO);
    }

    /** Parses a received command. */
    static JsonNode read(byte[] payload) {
        try {
            return JSON.readTree(new String(payload, java.nio.charset.StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A command is not JSON", e);
        }
    }
}
