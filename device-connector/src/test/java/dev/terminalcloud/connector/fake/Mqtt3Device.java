package dev.terminalcloud.connector.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A device on the HiveMQ client, MQTT 3.1.1. */
public final class Mqtt3Device implements TestDevice {
    private final String deviceId;
    private final Mqtt3AsyncClient client;
    private final Queue<JsonNode> commands = new ConcurrentLinkedQueue<>();

    private Mqtt3Device(String deviceId, Mqtt3ClientBuilder builder) {
        this.deviceId = deviceId;
        this.client = builder.identifier(deviceId).serverHost("127.0.0.1").buildAsync();
    }

    public static Mqtt3Device overTcp(String deviceId, int port) {
        return new Mqtt3Device(deviceId, Mqtt3Client.builder().serverPort(port));
    }

    public static Mqtt3Device overWebSocket(String deviceId, int port) {
        return new Mqtt3Device(
                deviceId,
                Mqtt3Client.builder()
                        .serverPort(port)
                        .webSocketConfig()
                        .serverPath("/mqtt")
                        .subprotocol("mqtt")
                        .applyWebSocketConfig());
    }

    /** Returns the client itself, for packets that a device does not send. */
    public Mqtt3AsyncClient client() {
        return client;
    }

    /** Returns a CONNECT as the device protocol wants it, for tests to change. */
    public Mqtt3ConnectBuilder connectWith(String secret) {
        return Mqtt3Connect.builder()
                .cleanSession(true)
                .keepAlive(30)
                .simpleAuth()
                .username(deviceId)
                .password(secret.getBytes(UTF_8))
                .applySimpleAuth();
    }

    @Override
    public String deviceId() {
        return deviceId;
    }

    @Override
    public void connect(String secret) {
        client.connect(connectWith(secret).build()).join();
    }

    @Override
    public void connectWithoutSecret() {
        client.connect(Mqtt3Connect.builder().cleanSession(true).keepAlive(30).build())
                .join();
    }

    @Override
    public void subscribe() {
        client.subscribeWith()
                .topicFilter("devices/" + deviceId + "/commands")
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(command -> commands.add(TestDevice.read(command.getPayloadAsBytes())))
                .send()
                .join();
    }

    @Override
    public CompletionStage<?> publish(String topic, String message) {
        return client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(message.getBytes(UTF_8))
                .send();
    }

    @Override
    public Queue<JsonNode> commands() {
        return commands;
    }

    @Override
    public boolean isConnected() {
        return client.getState().isConnected();
    }

    @Override
    public void disconnect() {
        client.disconnect().join();
    }
}
