package dev.terminalcloud.connector.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A device on the HiveMQ client, MQTT 5. */
public final class Mqtt5Device implements TestDevice {
    private final String deviceId;
    private final Mqtt5AsyncClient client;
    private final Queue<JsonNode> commands = new ConcurrentLinkedQueue<>();
    private final Queue<Mqtt5Publish> unacknowledged = new ConcurrentLinkedQueue<>();
    private volatile boolean acknowledging = true;
    private volatile Mqtt5DisconnectReasonCode endedBy;

    private Mqtt5Device(String deviceId, Mqtt5ClientBuilder builder) {
        this.deviceId = deviceId;
        this.client = builder.identifier(deviceId)
                .serverHost("127.0.0.1")
                .addDisconnectedListener(ended -> {
                    if (ended.getCause() instanceof Mqtt5DisconnectException disconnect) {
                        endedBy = disconnect.getMqttMessage().getReasonCode();
                    }
                })
                .buildAsync();
    }

    public static Mqtt5Device overTcp(String deviceId, int port) {
        return new Mqtt5Device(deviceId, Mqtt5Client.builder().serverPort(port));
    }

    /** Returns a device that connects from that address of this machine. */
    public static Mqtt5Device overTcp(String deviceId, int port, String address) {
        return new Mqtt5Device(deviceId, from(address, Mqtt5Client.builder().serverPort(port)));
    }

    public static Mqtt5Device overWebSocket(String deviceId, int port) {
        return new Mqtt5Device(
                deviceId,
                Mqtt5Client.builder()
                        .serverPort(port)
                        .webSocketConfig()
                        .serverPath("/mqtt")
                        .subprotocol("mqtt")
                        .applyWebSocketConfig());
    }

    public static Mqtt5Device overTls(String deviceId, int port, TlsPeer tls) {
        return new Mqtt5Device(deviceId, secure(tls).serverPort(port));
    }

    /** Returns a device that connects from that address of this machine. */
    public static Mqtt5Device overTls(String deviceId, int port, TlsPeer tls, String address) {
        return new Mqtt5Device(deviceId, from(address, secure(tls).serverPort(port)));
    }

    public static Mqtt5Device overSecureWebSocket(String deviceId, int port, TlsPeer tls) {
        return new Mqtt5Device(deviceId, secureWebSocket(port, tls));
    }

    /** Returns a device that connects from that address of this machine. */
    public static Mqtt5Device overSecureWebSocket(String deviceId, int port, TlsPeer tls, String address) {
        return new Mqtt5Device(deviceId, from(address, secureWebSocket(port, tls)));
    }

    private static Mqtt5ClientBuilder secureWebSocket(int port, TlsPeer tls) {
        return secure(tls)
                .serverPort(port)
                .webSocketConfig()
                .serverPath("/mqtt")
                .subprotocol("mqtt")
                .applyWebSocketConfig();
    }

    private static Mqtt5ClientBuilder from(String address, Mqtt5ClientBuilder builder) {
        return builder.transportConfig().localAddress(address).applyTransportConfig();
    }

    private static Mqtt5ClientBuilder secure(TlsPeer tls) {
        return Mqtt5Client.builder()
                .sslConfig()
                .trustManagerFactory(tls.trust())
                .keyManagerFactory(tls.keys())
                .applySslConfig();
    }

    /** Returns the client itself, for packets that a device does not send. */
    public Mqtt5AsyncClient client() {
        return client;
    }

    /** Returns a CONNECT as the device protocol wants it, for tests to change. */
    public Mqtt5ConnectBuilder connectWith(String secret) {
        return Mqtt5Connect.builder()
                .cleanStart(true)
                .keepAlive(30)
                .simpleAuth()
                .username(deviceId)
                .password(secret.getBytes(UTF_8))
                .applySimpleAuth();
    }

    /** Returns the reason code of the server's DISCONNECT, if it sent one. */
    public Optional<Mqtt5DisconnectReasonCode> endedBy() {
        return Optional.ofNullable(endedBy);
    }

    /** Receives commands from now on without acknowledging them. */
    public void stopAcknowledging() {
        acknowledging = false;
    }

    /** Acknowledges all unacknowledged commands, and later ones again. */
    public void acknowledgeAll() {
        acknowledging = true;
        for (Mqtt5Publish next = unacknowledged.poll(); next != null; next = unacknowledged.poll()) {
            next.acknowledge();
        }
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
        client.connect(Mqtt5Connect.builder().cleanStart(true).keepAlive(30).build())
                .join();
    }

    @Override
    public void subscribe() {
        client.subscribeWith()
                .topicFilter("devices/" + deviceId + "/commands")
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(this::receive)
                .manualAcknowledgement(true)
                .send()
                .join();
    }

    @Override
    public CompletionStage<?> publish(String topic, String message) {
        return client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(message.getBytes(UTF_8))
                .send()
                .thenAccept(result -> result.getError().ifPresent(error -> {
                    throw new IllegalStateException("not acknowledged", error);
                }));
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

    /** As {@link #disconnect}; the connection may have ended, or end meanwhile. */
    public void disconnectIfConnected() {
        client.disconnect().exceptionally(ended -> null).join();
    }

    private void receive(Mqtt5Publish publish) {
        commands.add(TestDevice.read(publish.getPayloadAsBytes()));
        if (acknowledging) {
            publish.acknowledge();
        } else {
            unacknowledged.add(publish);
        }
    }
}
