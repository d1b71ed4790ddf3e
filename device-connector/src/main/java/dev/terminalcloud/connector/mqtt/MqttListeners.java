package dev.terminalcloud.connector.mqtt;

import dev.terminalcloud.connector.command.StartMark;
import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.pipeline.ConnectionLimits;
import dev.terminalcloud.connector.ratelimit.ClientOriginResolver;
import dev.terminalcloud.connector.ratelimit.ConnectionRateLimiter;
import dev.terminalcloud.connector.tls.Certificates;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The MQTT servers of this connector. */
@Singleton
public class MqttListeners {
    private final Vertx vertx;
    private final ConnectorConfiguration configuration;
    private final Certificates certificates;
    private final ConnectHandler connectHandler;
    private final ConnectionLimits limits;
    private final EventLoops eventLoops;
    private final Queue<MqttListener> listeners = new ConcurrentLinkedQueue<>();
    private volatile String deployment;

    MqttListeners(
            Vertx vertx,
            ConnectorConfiguration configuration,
            Certificates certificates,
            ConnectHandler connectHandler,
            ClientOriginResolver origins,
            ConnectionRateLimiter connectionRate,
            PreConnectCloseMetrics preConnectCloses,
            EventLoops eventLoops,
            MeterRegistry meters) {
        this.vertx = vertx;
        this.configuration = configuration;
        this.certificates = certificates;
        this.connectHandler = connectHandler;
        this.limits = new ConnectionLimits(
                configuration,
                origins::clientOf,
                origins::isBalancer,
                peer -> connectionRate.tryAcquire(peer, System.nanoTime()),
                preConnectCloses::recordClose);
        this.eventLoops = eventLoops;
        meters.gauge("connector.connections.pending", limits, ConnectionLimits::unacceptedConnections);
    }

    /** Starts to accept devices. Completes when every server listens; fails if a port is not available. */
    public Future<Void> open(StartMark mark) {
        int configured = configuration.eventLoops();
        int instances = configured == 0 ? Runtime.getRuntime().availableProcessors() : configured;
        return vertx.deployVerticle(() -> listener(mark), new DeploymentOptions().setInstances(instances))
                .onSuccess(id -> deployment = id)
                .mapEmpty();
    }

    /** Refuses new sessions from now on; open ones stay. */
    public void refuseNewSessions() {
        connectHandler.close();
    }

    /** Closes the servers with every connection that is left. */
    public Future<Void> close() {
        return deployment == null ? Future.succeededFuture() : vertx.undeploy(deployment);
    }

    /**
     * Returns the ports of this connector.
     *
     * @throws IllegalStateException if it is not listening yet
     */
    public ListeningPorts ports() {
        if (deployment == null) {
            throw new IllegalStateException("Not listening yet");
        }
        return listeners.element().ports();
    }

    private MqttListener listener(StartMark mark) {
        MqttListener listener = new MqttListener(configuration, certificates, connectHandler, limits, eventLoops, mark);
        listeners.add(listener);
        return listener;
    }
}
