package dev.terminalcloud.connector.mqtt;

import dev.terminalcloud.connector.ConnectorConfiguration;
import dev.terminalcloud.connector.command.StartMark;
import dev.terminalcloud.connector.guard.GuardedVertx;
import dev.terminalcloud.connector.session.DeviceSession;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * MQTT over TCP and over WebSocket on one event loop. Several instances listen on the same ports and share the
 * connections; each looks after the sessions that came to it.
 */
final class MqttListener extends AbstractVerticle {
    private static final Logger LOG = Logger.getLogger(MqttListener.class);
    private static final long CHECK_MILLIS = 1_000;
    private static final int BACKLOG = 4_096;

    /** Vert.x would count it anew from each byte; {@link GuardedVertx} counts it from the connection's beginning. */
    private static final int NO_TIMEOUT = 0;

    /** Vert.x: instances that listen on the same negative port share one free port. */
    private static final int ANY_MQTT_PORT = -1;

    private static final int ANY_WEB_SOCKET_PORT = -2;

    private final ConnectorConfiguration configuration;
    private final Reception reception;
    private final UnacceptedConnections unaccepted;
    private final StartMark mark;
    private final Set<DeviceSession> sessions = new HashSet<>();
    private MqttServer tcp;
    private MqttServer webSocket;

    MqttListener(
            ConnectorConfiguration configuration,
            Reception reception,
            UnacceptedConnections unaccepted,
            StartMark mark) {
        this.configuration = configuration;
        this.reception = reception;
        this.unaccepted = unaccepted;
        this.mark = mark;
    }

    @Override
    public void start(Promise<Void> started) {
        context.exceptionHandler(MqttListener::failed);
        tcp = server(tcpOptions());
        webSocket = server(webSocketOptions());
        vertx.setPeriodic(CHECK_MILLIS, unused -> sessions.removeIf(session -> !session.checkDeadlines()));
        Future.all(
                        listen(tcp, "connector.mqtt.port", configuration.mqtt().port()),
                        listen(
                                webSocket,
                                "connector.web-socket.port",
                                configuration.webSocket().port()))
                .onComplete(listening -> started.handle(listening.mapEmpty()));
    }

    @Override
    public void stop(Promise<Void> stopped) {
        Future.all(tcp.close(), webSocket.close()).onComplete(closed -> stopped.handle(closed.mapEmpty()));
    }

    ListeningPorts ports() {
        return new ListeningPorts(tcp.actualPort(), webSocket.actualPort());
    }

    private static Future<MqttServer> listen(MqttServer server, String key, int port) {
        return server.listen()
                .recover(failure -> Future.failedFuture(
                        new IllegalStateException("%s %d: %s".formatted(key, port, failure.getMessage()), failure)));
    }

    /**
     * What vertx-mqtt throws at packets that come before CONNECT or after the end is no news, and a device that floods
     * must not flood the log; it closes the connection as well.
     */
    private static void failed(Throwable failure) {
        if (failure instanceof IllegalStateException) {
            LOG.debug("a packet came on a connection that is not open", failure);
        } else {
            LOG.error("a connection failed", failure);
        }
    }

    private MqttServerOptions tcpOptions() {
        int port = configuration.mqtt().port();
        return options().setPort(port == 0 ? ANY_MQTT_PORT : port);
    }

    /** Compression of messages is off: it takes memory for each connection, and small messages can grow without limit. */
    private MqttServerOptions webSocketOptions() {
        int port = configuration.webSocket().port();
        MqttServerOptions options = options()
                .setPort(port == 0 ? ANY_WEB_SOCKET_PORT : port)
                .setPerMessageWebSocketCompressionSupported(false);
        options.setUseWebSocket(true);
        options.setWebSocketMaxFrameSize(configuration.limits().packetSizeFromDevice());
        return options;
    }

    private MqttServerOptions options() {
        MqttServerOptions options = new MqttServerOptions()
                .setHost(configuration.mqtt().host())
                .setMaxMessageSize(configuration.limits().packetSizeFromDevice())
                .setTimeoutOnConnect(NO_TIMEOUT);
        options.setAcceptBacklog(BACKLOG);
        return options;
    }

    private MqttServer server(MqttServerOptions options) {
        return MqttServer.create(new GuardedVertx(vertx, configuration.limits(), unaccepted::ended), options)
                .endpointHandler(this::receive)
                .exceptionHandler(failure -> LOG.debug("a connection was refused before CONNECT", failure));
    }

    private void receive(MqttEndpoint endpoint) {
        reception.receive(endpoint, vertx.getOrCreateContext(), mark).ifPresent(sessions::add);
    }
}
