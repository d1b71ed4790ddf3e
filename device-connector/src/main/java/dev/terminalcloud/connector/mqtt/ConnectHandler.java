package dev.terminalcloud.connector.mqtt;

import dev.terminalcloud.connector.command.StartMark;
import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.metrics.EnumCounter;
import dev.terminalcloud.connector.protocol.DeviceId;
import dev.terminalcloud.connector.protocol.SessionIdentity;
import dev.terminalcloud.connector.ratelimit.ClientOrigin;
import dev.terminalcloud.connector.ratelimit.ClientOriginResolver;
import dev.terminalcloud.connector.ratelimit.FailedConnectAlert;
import dev.terminalcloud.connector.ratelimit.TakeoverAlert;
import dev.terminalcloud.connector.session.CloseReason;
import dev.terminalcloud.connector.session.DeviceCapacity;
import dev.terminalcloud.connector.session.DeviceSession;
import dev.terminalcloud.connector.session.Sessions;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.mqtt.MqttEndpoint;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Answers each CONNECT: a session or a refusal. */
@Singleton
class ConnectHandler {
    private static final Logger LOG = Logger.getLogger(ConnectHandler.class);

    private final DelayedRefusals delayedRefusals = new DelayedRefusals();
    private final ClientOriginResolver origins;
    private final ConnectPolicy policy;
    private final DeviceAuthenticator authenticator;
    private final FailedConnectAlert failedConnectAlert;
    private final TakeoverAlert takeoverAlert;
    private final Sessions sessions;
    private final ConnectorConfiguration configuration;
    private final EnumCounter<ConnectRefusal> refused;
    private volatile boolean closed;

    ConnectHandler(
            ClientOriginResolver origins,
            ConnectPolicy policy,
            DeviceAuthenticator authenticator,
            FailedConnectAlert failedConnectAlert,
            TakeoverAlert takeoverAlert,
            Sessions sessions,
            ConnectorConfiguration configuration,
            MeterRegistry meters) {
        this.origins = origins;
        this.policy = policy;
        this.authenticator = authenticator;
        this.failedConnectAlert = failedConnectAlert;
        this.takeoverAlert = takeoverAlert;
        this.sessions = sessions;
        this.configuration = configuration;
        this.refused = new EnumCounter<>(meters, "connector.connections.refused", "reason", ConnectRefusal.class);
    }

    /** Refuses every CONNECT from now on. */
    void close() {
        closed = true;
    }

    /**
     * Accepts or refuses a CONNECT. The caller must be on the connection's event loop.
     *
     * @return the session that was opened, which may have ended by now
     */
    Optional<DeviceSession> handle(MqttEndpoint endpoint, Context context, StartMark mark) {
        try {
            ClientOrigin origin = origins.resolve(endpoint);
            Optional<ConnectRefusal> refusal =
                    closed ? Optional.of(ConnectRefusal.UNAVAILABLE) : policy.refusal(endpoint, origin);
            if (refusal.isPresent()) {
                logRefusal(endpoint, origin, refusal.get());
                if (refusal.get() == ConnectRefusal.SUSPENDED) {
                    delayedRefusals.refuseLater(context, () -> reject(endpoint, ConnectRefusal.SUSPENDED));
                } else {
                    reject(endpoint, refusal.get());
                }
                return Optional.empty();
            }
            return Optional.of(accept(endpoint, origin, context, mark));
        } catch (RuntimeException e) {
            LOG.error("Failed to handle CONNECT", e);
            reject(endpoint, ConnectRefusal.UNAVAILABLE);
            return Optional.empty();
        }
    }

    private DeviceSession accept(MqttEndpoint endpoint, ClientOrigin origin, Context context, StartMark mark) {
        SessionIdentity identity = new SessionIdentity(
                endpoint.clientIdentifier(), UUID.randomUUID(), mark.connectorIndex(), mark.epoch());
        DeviceSession session = sessions.open(identity, endpoint, context);
        DevicePacketHandler.attach(endpoint, session);
        endpoint.accept(false, ConnackProperties.properties(configuration.limits()));
        LOG.infof("Device connected: address=%s deviceId=%s", origin.address().text(), identity.deviceId());
        endIfRevoked(endpoint, session);
        session.budget().chargeConnection();
        return session;
    }

    /** Covers a change of the registry after the device was checked and before its session could be found. */
    private void endIfRevoked(MqttEndpoint endpoint, DeviceSession session) {
        if (!authenticator.isAuthenticated(endpoint)) {
            session.end(CloseReason.REVOKED);
        }
    }

    /** Logs the refusal; those that come in floods are left to the alerts, since a flood must not flood the log. */
    private void logRefusal(MqttEndpoint endpoint, ClientOrigin origin, ConnectRefusal refusal) {
        String deviceId = DeviceId.isValid(endpoint.clientIdentifier()) ? endpoint.clientIdentifier() : "invalid";
        if (refusal == ConnectRefusal.TOO_MANY_FAILURES) {
            failedConnectAlert.refused(origin, deviceId, System.nanoTime());
        } else if (refusal == ConnectRefusal.TOO_MANY_TAKEOVERS) {
            takeoverAlert.refused(origin, deviceId);
        } else if (refusal == ConnectRefusal.SUSPENDED) {
            LOG.debugf(
                    "CONNECT refused: address=%s deviceId=%s reason=%s",
                    origin.address().text(), deviceId, refusal);
        } else {
            LOG.infof(
                    "CONNECT refused: address=%s deviceId=%s reason=%s",
                    origin.address().text(), deviceId, refusal);
        }
    }

    private void reject(MqttEndpoint endpoint, ConnectRefusal refusal) {
        refused.increment(refusal);
        if (DeviceCapacity.of(endpoint).acceptsPacket(ConnackProperties.REFUSAL_SIZE)) {
            endpoint.reject(refusal.code(endpoint.protocolVersion()));
        } else {
            endpoint.close();
        }
    }
}
