package dev.terminalcloud.connector.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A device on mqtt.js, in a Node process. Both come from Debian's package {@code node-mqtt}. */
public final class MqttJsDevice implements TestDevice {
    public static final int MQTT_3_1_1 = 4;
    public static final int MQTT_5 = 5;

    private static final Path LIBRARIES = Path.of("/usr/share/nodejs");
    private static final Path SCRIPT = Path.of("src/test/resources/stock-clients/mqtt-js-device.js");

    private final String deviceId;
    private final Process node;
    private final BufferedWriter calls;
    private final AtomicInteger lastCall = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Void>> open = new ConcurrentHashMap<>();
    private final Queue<JsonNode> commands = new ConcurrentLinkedQueue<>();

    private MqttJsDevice(String deviceId, String address, int version) {
        this.deviceId = deviceId;
        ProcessBuilder command =
                new ProcessBuilder("node", SCRIPT.toString(), address, deviceId, Integer.toString(version));
        command.environment().put("NODE_PATH", LIBRARIES.toString());
        try {
            this.node = command.redirectError(Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.calls = node.outputWriter(UTF_8);
        Thread reader = new Thread(this::read, "mqtt-js-device");
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns whether the library is on this machine. */
    public static boolean isInstalled() {
        return Files.isDirectory(LIBRARIES.resolve("mqtt"));
    }

    public static MqttJsDevice overTcp(String deviceId, int version, int port) {
        return new MqttJsDevice(deviceId, "mqtt://127.0.0.1:" + port, version);
    }

    public static MqttJsDevice overWebSocket(String deviceId, int version, int port) {
        return new MqttJsDevice(deviceId, "ws://127.0.0.1:" + port + "/mqtt", version);
    }

    @Override
    public String deviceId() {
        return deviceId;
    }

    @Override
    public void connect(String secret) {
        call(call("connect").put("secret", secret)).join();
    }

    @Override
    public void connectWithoutSecret() {
        call(call("connect")).join();
    }

    @Override
    public void subscribe() {
        call(call("subscribe")).join();
    }

    @Override
    public CompletionStage<?> publish(String topic, String message) {
        return call(call("publish").put("topic", topic).put("message", message));
    }

    @Override
    public Queue<JsonNode> commands() {
        return commands;
    }

    @Override
    public boolean isConnected() {
        return node.isAlive();
    }

    @Override
    public void disconnect() {
        call(call("disconnect")).join();
        try {
            calls.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode call(String name) {
        return JSON.createObjectNode().put("call", name);
    }

    private CompletableFuture<Void> call(ObjectNode call) {
        int id = lastCall.incrementAndGet();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        open.put(id, answer);
        try {
            synchronized (calls) {
                calls.write(call.put("id", id).toString());
                calls.newLine();
                calls.flush();
            }
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private void read() {
        try (BufferedReader lines = node.inputReader(UTF_8)) {
            lines.lines().forEach(this::take);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open.values().forEach(each -> each.completeExceptionally(new IOException("Node exited")));
        }
    }

    private void take(String line) {
        try {
            JsonNode said = JSON.readTree(line);
            if (said.has("command")) {
                commands.add(TestDevice.read(said.get("command").textValue().getBytes(UTF_8)));
            } else if (said.has("failure")) {
                open.remove(said.get("id").intValue())
                        .completeExceptionally(
                                new IOException(said.get("failure").textValue()));
            } else {
                open.remove(said.get("id").intValue()).complete(null);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Unexpected output of mqtt.js: " + line, e);
        }
    }
}
