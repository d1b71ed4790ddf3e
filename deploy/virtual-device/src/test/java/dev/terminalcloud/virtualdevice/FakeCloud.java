package dev.terminalcloud.virtualdevice;

import static dev.terminalcloud.virtualdevice.TestTimeouts.await;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The cloud's side of the connection of one device: a small real MQTT server that a test drives. */
public final class FakeCloud implements AutoCloseable {
    public static final String SECRET = "demo";

    private final Vertx vertx = Vertx.vertx();
    private final MqttServer server;
    private final boolean webSocket;
    private final List<JsonObject> received = new CopyOnWriteArrayList<>();
    private final List<Integer> acknowledged = new CopyOnWriteArrayList<>();
    private final List<MqttEndpoint> endpoints = new CopyOnWriteArrayList<>();
    private volatile boolean acknowledging = true;
    private final AtomicInteger disconnects = new AtomicInteger();

    private FakeCloud(boolean webSocket) {
        this.webSocket = webSocket;
        server = MqttServer.create(
                        vertx,
                        new MqttServerOptions().setHost("localhost").setPort(0).setUseWebSocket(webSocket))
                .endpointHandler(this::connected);
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    public static FakeCloud overTcp() {
        return new FakeCloud(false);
    }

    public static FakeCloud overWebSocket() {
        return new FakeCloud(true);
    }

    public URI uri() {
        int port = server.actualPort();
        return URI.create(webSocket ? "ws://localhost:" + port + "/mqtt" : "mqtt://localhost:" + port);
    }

    private void connected(MqttEndpoint endpoint) {
        if (endpoint.auth() == null || !SECRET.equals(endpoint.auth().getPassword())) {
            endpoint.reject(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5);
            return;
        }
        endpoint.publishHandler(message -> published(endpoint, message));
        endpoint.publishAcknowledgeHandler(acknowledged::add);
        endpoint.disconnectHandler(nothing -> disconnects.incrementAndGet());
        endpoint.subscribeHandler(subscription -> {
            endpoint.subscribeAcknowledge(subscription.messageId(), List.of(MqttQoS.AT_LEAST_ONCE));
            endpoints.add(endpoint);
        });
        endpoint.accept(false);
    }

    private void published(MqttEndpoint endpoint, MqttPublishMessage message) {
        received.add(message.payload().toJsonObject());
        if (acknowledging) {
            endpoint.publishAcknowledge(message.messageId());
        }
    }

    public void stopAcknowledging() {
        acknowledging = false;
    }

    public void acknowledgeAgain() {
        acknowledging = true;
    }

    /** Sends to the newest connection. */
    public void send(JsonObject message) {
        MqttEndpoint endpoint = endpoints.get(endpoints.size() - 1);
        endpoint.publish(
                "devices/" + endpoint.clientIdentifier() + "/commands",
                Buffer.buffer(message.encode()),
                MqttQoS.AT_LEAST_ONCE,
                false,
                false);
    }

    public void send(String type, UUID transactionId) {
        send(new JsonObject().put("type", type).put("transactionId", transactionId.toString()));
    }

    public void offerPurchase(UUID transactionId, long pairingNumber, long amountTotal) {
        send(new JsonObject()
                .put("type", "offer-transaction")
                .put("transactionId", transactionId.toString())
                .put("pairingNumber", pairingNumber)
                .put("function", "Card.Purchase")
                .put("amountTotal", amountTotal)
                .put("aMemberOfTheFuture", true));
    }

    public void closeConnection() {
        endpoints.get(endpoints.size() - 1).close();
    }

    public int connections() {
        return endpoints.size();
    }

    public int disconnects() {
        return disconnects.get();
    }

    /** Returns the number of the cloud's messages that the device has acknowledged. */
    public int acknowledgements() {
        return acknowledged.size();
    }

    public List<String> types() {
        return received.stream().map(message -> message.getString("type")).toList();
    }

    public long count(String type) {
        return types().stream().filter(type::equals).count();
    }

    public List<JsonObject> all(String type) {
        return received.stream()
                .filter(message -> type.equals(message.getString("type")))
                .toList();
    }

    /** Waits for the first message of this type. */
    public JsonObject awaitFirst(String type) {
        return awaitNth(type, 1);
    }

    /** Waits until there are as many messages of this type, and returns the last of them. */
    public JsonObject awaitNth(String type, int count) {
        await().until(() -> count(type) >= count);
        return all(type).get(count - 1);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
