package dev.terminalcloud.connector.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A device on the Paho client, MQTT 3.1.1. */
public final class PahoDevice implements TestDevice {
    private final String deviceId;
    private final MqttAsyncClient client;
    private final SocketFactory sockets;
    private final Properties webSocketHeaders = new Properties();
    private final Queue<JsonNode> commands = new ConcurrentLinkedQueue<>();

    private PahoDevice(String deviceId, String address, SocketFactory sockets) {
        this.deviceId = deviceId;
        this.sockets = sockets;
        try {
            this.client = new MqttAsyncClient(address, deviceId, new MemoryPersistence());
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }

    public static PahoDevice overTcp(String deviceId, int port) {
        return new PahoDevice(deviceId, "tcp://127.0.0.1:" + port, SocketFactory.getDefault());
    }

    public static PahoDevice overWebSocket(String deviceId, int port) {
        return new PahoDevice(deviceId, "ws://127.0.0.1:" + port + "/mqtt", SocketFactory.getDefault());
    }

    public static PahoDevice overTls(String deviceId, int port, TlsPeer tls) {
        return new PahoDevice(deviceId, "ssl://127.0.0.1:" + port, tls.context().getSocketFactory());
    }

    public static PahoDevice overSecureWebSocket(String deviceId, int port, TlsPeer tls) {
        return new PahoDevice(
                deviceId, "wss://127.0.0.1:" + port + "/mqtt", tls.context().getSocketFactory());
    }

    /** Connects as if the gateway had forwarded a WebSocket from that address. */
    public PahoDevice from(String address) {
        webSocketHeaders.setProperty("X-Forwarded-For", address);
        return this;
    }

    @Override
    public String deviceId() {
        return deviceId;
    }

    @Override
    public void connect(String secret) {
        MqttConnectOptions options = options();
        options.setUserName(deviceId);
        options.setPassword(secret.toCharArray());
        await(listener -> client.connect(options, null, listener)).join();
    }

    @Override
    public void connectWithoutSecret() {
        await(listener -> client.connect(options(), null, listener)).join();
    }

    private MqttConnectOptions options() {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setSocketFactory(sockets);
        options.setCustomWebSocketHeaders(webSocketHeaders);
        options.setCleanSession(true);
        options.setKeepAliveInterval(30);
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        return options;
    }

    @Override
    public void subscribe() {
        await(listener -> client.subscribe(
                        "devices/" + deviceId + "/commands",
                        1,
                        null,
                        listener,
                        (topic, message) -> commands.add(TestDevice.read(message.getPayload()))))
                .join();
    }

    @Override
    public CompletionStage<?> publish(String topic, String message) {
        return await(listener -> client.publish(topic, message.getBytes(UTF_8), 1, false, null, listener));
    }

    @Override
    public Queue<JsonNode> commands() {
        return commands;
    }

    @Override
    public boolean isConnected() {
        return client.isConnected();
    }

    @Override
    public void disconnect() {
        await(listener -> client.disconnect(null, listener)).join();
    }

    /** A call of the client whose result goes to a listener. */
    private interface Call {
        IMqttToken begin(IMqttActionListener listener) throws MqttException;
    }

    private static CompletableFuture<Void> await(Call call) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            call.begin(new IMqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    done.complete(null);
                }

                @Override
                public void onFailure(IMqttToken token, Throwable failure) {
                    done.completeExceptionally(failure);
                }
            });
        } catch (MqttException e) {
            done.completeExceptionally(e);
        }
        return done;
    }
}
