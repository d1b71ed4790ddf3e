package dev.terminalcloud.virtualdevice.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.internal.mqtt.MqttClientConfig;
import com.hivemq.client.internal.mqtt.MqttClientConnectionConfig;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One MQTT connection, from CONNECT to its end; it never reconnects.
 *
 * <p>It passes received messages to one executor in their order, and acknowledges them only on request.
 */
final class CloudConnection {
    private static final int KEEP_ALIVE_SECONDS = 30;

    private final Credentials credentials;
    private final Mqtt5AsyncClient client;

    /** @param lost called once with the reason why the connection ended or failed; on a thread of the MQTT client */
    CloudConnection(Credentials credentials, Consumer<Throwable> lost) {
        this.credentials = credentials;
        this.client = builder(credentials)
                .addDisconnectedListener(end -> lost.accept(end.getCause()))
                .buildAsync();
    }

    private static Mqtt5ClientBuilder builder(Credentials credentials) {
        CloudAddress address = credentials.address();
        Mqtt5ClientBuilder builder = MqttClient.builder()
                .identifier(credentials.deviceId())
                .serverHost(address.host())
                .serverPort(address.port())
                .useMqttVersion5()
                .simpleAuth()
                .username(credentials.deviceId())
                .password(credentials.secret().getBytes(UTF_8))
                .applySimpleAuth();
        if (address.transport().encrypted()) {
            builder = builder.sslWithDefaultConfig();
        }
        if (address.transport().webSocket()) {
            builder = builder.webSocketConfig(MqttWebSocketConfig.builder()
                    .serverPath(address.path())
                    .subprotocol("mqtt")
                    .build());
        }
        return builder;
    }

    /** Connects and subscribes. Messages are passed to {@code received} on {@code executor}. */
    CompletionStage<?> open(Consumer<Received> received, Executor executor) {
        return client.connectWith()
                .cleanStart(true)
                .sessionExpiryInterval(0)
                .keepAlive(KEEP_ALIVE_SECONDS)
                .send()
                .thenCompose(connected -> client.subscribeWith()
                        .topicFilter(credentials.commandTopic())
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .callback(publish -> received.accept(new Received(publish)))
                        .executor(executor)
                        .manualAcknowledgement(true)
                        .send());
    }

    /** A message of the cloud, not yet acknowledged. */
    record Received(Mqtt5Publish publish) {
        byte[] payload() {
            return publish.getPayloadAsBytes();
        }

        void acknowledge() {
            publish.acknowledge();
        }
    }

    /** Publishes a message; completes when the cloud has acknowledged it, and fails when the connection ends before. */
    CompletionStage<?> publish(byte[] payload) {
        return client.publishWith()
                .topic(credentials.eventTopic())
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload)
                .send();
    }

    /** Sends DISCONNECT and closes. */
    CompletionStage<?> close() {
        return client.disconnect();
    }

    /**
     * Breaks the connection as a power cut does, without a DISCONNECT: the client's public API can't, so its channel
     * is closed directly. The listener is called when it is closed.
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    void cut() {
        MqttClientConnectionConfig connection = ((MqttClientConfig) client.getConfig()).getRawConnectionConfig();
        if (connection != null) {
            connection.getChannel().close();
        }
    }
}
