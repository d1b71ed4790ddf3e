package dev.terminalcloud.connector.mqtt;

import dev.terminalcloud.connector.command.StartMark;
import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.pipeline.ConnectionLimits;
import dev.terminalcloud.connector.pipeline.GuardedVertx;
import dev.terminalcloud.connector.session.DeviceSession;
import dev.terminalcloud.connector.tls.Certificates;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Listens on every open transport, on one event loop. Several instances listen on the same ports and share the connections;
 * each checks the deadlines of its own sessions.
 */
final class MqttListener extends AbstractVerticle {
    private static final Logger LOG = Logger.getLogger(MqttListener.class);
    private static final long CHECK_MILLIS = 1_000;
    private static final int BACKLOG = 4_096;

    /** Vert.x would restart its timeout with each byte; {@link GuardedVertx} counts from the connection's beginning. */
    private static final int NO_TIMEOUT = 0;

    private final ConnectorConfiguration configuration;
    private final Certificates certificates;
    private final ConnectHandler connectHandler;
    private final ConnectionLimits limits;
    private final EventLoops eventLoops;
    private final StartMark mark;
    private final Set<DeviceSession> sessions = new HashSet<>();
    private final Map<Transport, MqttServer> servers = new EnumMap<>(Transport.class);

    MqttListener(
            ConnectorConfiguration configuration,
            Certificates certificates,
            ConnectHandler connectHandler,
            ConnectionLimits limits,
            EventLoops eventLoops,
            StartMark mark) {
        this.configuration = configuration;
        this.certificates = certificates;
        this.connectHandler = connectHandler;
        this.limits = limits;
        this.eventLoops = eventLoops;
        this.mark = mark;
    }

    @Override
    public void start(Promise<Void> started) {
        context.exceptionHandler(MqttListener::failed);
        eventLoops.add(context::runOnContext);
        vertx.setPeriodic(CHECK_MILLIS, unused -> sessions.removeIf(session -> !session.checkDeadlines()));
        List<Future<MqttServer>> listening = Arrays.stream(Transport.values())
                .filter(transport -> transport.isOpen(configuration))
                .map(this::listen)
                .toList();
        Future.all(listening).onComplete(all -> started.handle(all.mapEmpty()));
    }

    @Override
    public void stop(Promise<Void> stopped) {
        List<Future<Void>> closing =
                servers.values().stream().map(MqttServer::close).toList();
        Future.all(closing).onComplete(all -> stopped.handle(all.mapEmpty()));
    }

    ListeningPorts ports() {
        return new ListeningPorts(
                servers.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, server -> server.getValue()
                        .actualPort())));
    }

    private Future<MqttServer> listen(Transport transport) {
        MqttServer server = server(transport);
        servers.put(transport, server);
        return server.listen()
                .recover(failure -> Future.failedFuture(new IllegalStateException(
                        "%s %d: %s".formatted(transport.key(), transport.port(configuration), failure.getMessage()),
                        failure)));
    }

    /**
     * Logs what vertx-mqtt throws at packets before CONNECT or after the end at level DEBUG only: it is expected, and a device
     * that floods must not flood the log. vertx-mqtt closes the connection as well.
     */
    private static void failed(Throwable failure) {
        if (failure instanceof IllegalStateException) {
            LOG.debug("Packet received on a closed connection", failure);
        } else {
            LOG.error("Connection failed", failure);
        }
    }

    private MqttServerOptions options(Transport transport) {
        int port = transport.port(configuration);
        MqttServerOptions options = new MqttServerOptions()
                .setHost(configuration.mqtt().host())
                .setPort(port == 0 ? transport.anyPort() : port)
                .setMaxMessageSize(configuration.limits().maxInboundPacketSize())
                .setTimeoutOnConnect(NO_TIMEOUT);
        options.setAcceptBacklog(BACKLOG);
        if (transport.isWebSocket()) {
            useWebSocket(options);
        }
        if (transport.isTls()) {
            certificates.secure(options, configuration.limits().connectTimeout());
        }
        return options;
    }

    /** Switches compression off as far as Vert.x allows: {@link GuardedVertx} removes the last extension. */
    private void useWebSocket(MqttServerOptions options) {
        options.setPerMessageWebSocketCompressionSupported(false);
        options.setUseWebSocket(true);
        options.setWebSocketMaxFrameSize(configuration.limits().maxInboundPacketSize());
    }

    private MqttServer server(Transport transport) {
        return MqttServer.create(
                        new GuardedVertx(vertx, limits, transport.isBehindProxy(configuration)), options(transport))
                .endpointHandler(this::receive)
                .exceptionHandler(failure -> LOG.debug("Connection refused before CONNECT", failure));
    }

    private void receive(MqttEndpoint endpoint) {
        connectHandler.handle(endpoint, vertx.getOrCreateContext(), mark).ifPresent(sessions::add);
    }
}
