package dev.terminalcloud.certification.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.cloud.TraceEntry.ConnectRefused;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The cloud as the suite plays it to one device: MQTT over TCP and over WebSocket. It does by itself only what the cloud
 * always does: it acknowledges, tells the pairing state after each {@code hello}, and ends a connection when the device
 * has a newer one. All that happens is in the {@link Trace}.
 *
 * <p>Safe for use by any thread but its own event loop, of which it has one.
 */
public final class SimulatedCloud implements AutoCloseable {
    private static final int CLOSE_SECONDS = 10;

    /** More than a device may send, so that it is seen when it does. */
    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Clock clock = Clock.systemUTC();
    private final Trace trace = new Trace();
    private final Identity identity;
    private final MqttServer tcp;
    private final MqttServer webSocket;

    // The rest belongs to the event loop.
    private DeviceConnection newest;
    private int visits;
    private boolean refusingConnects;
    private String withheldType;
    private Optional<ObjectNode> afterHello = Optional.empty();

    private SimulatedCloud(Identity identity, String host, int mqttPort, int webSocketPort) {
        this.identity = identity;
        this.tcp = server(options(host, mqttPort), false);
        MqttServerOptions overWebSocket = options(host, webSocketPort);
        overWebSocket.setUseWebSocket(true);
        overWebSocket.setWebSocketMaxFrameSize(MAX_MESSAGE_BYTES);
        this.webSocket = server(overWebSocket, true);
    }

    private static MqttServerOptions options(String host, int port) {
        return new MqttServerOptions().setHost(host).setPort(port).setMaxMessageSize(MAX_MESSAGE_BYTES);
    }

    /**
     * Listens. A port of 0 is a free one. {@link #sendAfterHello} is still to be called.
     *
     * @throws IllegalStateException when a port can't be had
     */
    public static SimulatedCloud open(Identity identity, String host, int mqttPort, int webSocketPort) {
        SimulatedCloud cloud = new SimulatedCloud(identity, host, mqttPort, webSocketPort);
        try {
            Future.all(cloud.tcp.listen(), cloud.webSocket.listen())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            cloud.close();
            throw new IllegalStateException(
                    "it can't listen on %s, ports %d and %d: %s"
                            .formatted(
                                    host, mqttPort, webSocketPort, e.getCause().getMessage()),
                    e);
        }
        return cloud;
    }

    private MqttServer server(MqttServerOptions options, boolean overWebSocket) {
        return MqttServer.create(vertx, options)
                .endpointHandler(endpoint -> receive(endpoint, overWebSocket))
                .exceptionHandler(failure -> {});
    }

    public Identity identity() {
        return identity;
    }

    public Trace trace() {
        return trace;
    }

    public int mqttPort() {
        return tcp.actualPort();
    }

    /** The path is {@code /mqtt}. */
    public int webSocketPort() {
        return webSocket.actualPort();
    }

    /** Sends a command on the newest connection, unless there is none; says whether there was one. */
    public boolean send(ObjectNode command) {
        return onEventLoop(() -> current().map(visit -> visit.send(command)).orElse(false));
    }

    /** What the device is told after each hello from now on. */
    public void sendAfterHello(ObjectNode pairingState) {
        onEventLoop(() -> afterHello = Optional.of(pairingState));
    }

    /** Breaks the connection. */
    public void dropConnection() {
        onEventLoop(() -> {
            current().ifPresent(DeviceConnection::drop);
            return null;
        });
    }

    /** Refuses each CONNECT as "server unavailable" until {@link #acceptConnects()}. */
    public void refuseConnects() {
        onEventLoop(() -> refusingConnects = true);
    }

    public void acceptConnects() {
        onEventLoop(() -> refusingConnects = false);
    }

    /**
     * Acknowledges no message of this type, nor any that comes after it on the same connection: acknowledgements keep the
     * order of messages.
     */
    public void withholdAcknowledgements(String type) {
        onEventLoop(() -> withheldType = type);
    }

    /** Acknowledges everything again. A connection on which something was withheld is broken: only a new one helps it. */
    public void resumeAcknowledgements() {
        onEventLoop(() -> {
            withheldType = null;
            current().filter(DeviceConnection::isUnacknowledged).ifPresent(DeviceConnection::drop);
            return null;
        });
    }

    private Optional<DeviceConnection> current() {
        return Optional.ofNullable(newest).filter(DeviceConnection::isOpen);
    }

    private void receive(MqttEndpoint endpoint, boolean overWebSocket) {
        boolean known = endpoint.clientIdentifier().equals(identity.deviceId())
                && endpoint.auth() != null
                && identity.deviceId().equals(endpoint.auth().getUsername())
                && identity.secret().equals(endpoint.auth().getPassword());
        if (!known || refusingConnects) {
            trace.add(new ConnectRefused(clock.instant(), endpoint.clientIdentifier(), !known));
            endpoint.reject(known ? unavailable(endpoint) : notAuthorized(endpoint));
            return;
        }
        current().ifPresent(DeviceConnection::drop);
        visits++;
        newest = new DeviceConnection(visits, endpoint, identity, trace, clock);
        newest.begin(overWebSocket, type -> type.equals(withheldType), visit -> afterHello.ifPresent(visit::send));
    }

    private static MqttConnectReturnCode unavailable(MqttEndpoint endpoint) {
        return isMqtt5(endpoint)
                ? MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE_5
                : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
    }

    private static MqttConnectReturnCode notAuthorized(MqttEndpoint endpoint) {
        return isMqtt5(endpoint)
                ? MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5
                : MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED;
    }

    private static boolean isMqtt5(MqttEndpoint endpoint) {
        return endpoint.protocolVersion() == 5;
    }

    private <T> T onEventLoop(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, run -> vertx.runOnContext(unused -> run.run()))
                .join();
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
