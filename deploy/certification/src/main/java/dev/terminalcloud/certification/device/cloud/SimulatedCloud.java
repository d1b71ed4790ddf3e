package dev.terminalcloud.certification.device.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.device.cloud.TraceEntry.ConnectRefused;
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
 * The simulated cloud for one device: MQTT over TCP and over WebSocket. By itself it does only what the cloud always does: it
 * acknowledges, sends the pairing state after each {@code hello}, and closes a connection when the device has a newer one. It
 * records all events in the {@link Trace}.
 *
 * <p>Thread-safe, except for its own event loop, of which it has one.
 */
public final class SimulatedCloud implements AutoCloseable {
    private static final int CLOSE_SECONDS = 10;

    /** More than a device may send, so that the trace shows messages that are too large. */
    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Clock clock = Clock.systemUTC();
    private final Trace trace = new Trace();
    private final Identity identity;
    private final MqttServer tcp;
    private final MqttServer webSocket;

    // The following fields are accessed on the event loop only.
    private DeviceConnection newest;
    private int connections;
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
     * Listens. Port 0 stands for a free port. The caller must then call {@link #sendAfterHello}.
     *
     * @throws IllegalStateException if a port is not available
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
                    "Failed to listen on %s, ports %d and %d: %s"
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

    /** Returns the port of MQTT over WebSocket, path {@code /mqtt}. */
    public int webSocketPort() {
        return webSocket.actualPort();
    }

    /** Sends a command on the newest connection, and returns whether there was an open one. */
    public boolean send(ObjectNode command) {
        return onEventLoop(
                () -> current().map(connection -> connection.send(command)).orElse(false));
    }

    /** Sets the message that the device receives after each hello from now on. */
    public void sendAfterHello(ObjectNode pairingState) {
        onEventLoop(() -> afterHello = Optional.of(pairingState));
    }

    /** Closes the connection. */
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
     * Withholds the acknowledgement of messages of this type, and of any message after it on the same connection: acknowledgements keep
     * the order of messages.
     */
    public void withholdAcknowledgements(String type) {
        onEventLoop(() -> withheldType = type);
    }

    /** Acknowledges all messages again. Closes a connection with withheld acknowledgements, since only a new one can recover. */
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
        connections++;
        newest = new DeviceConnection(connections, endpoint, identity, trace, clock);
        newest.begin(
                overWebSocket, type -> type.equals(withheldType), connection -> afterHello.ifPresent(connection::send));
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
