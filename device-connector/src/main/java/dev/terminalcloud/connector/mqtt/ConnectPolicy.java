package dev.terminalcloud.connector.mqtt;

import dev.terminalcloud.connector.budget.DeviceBudgets;
import dev.terminalcloud.connector.protocol.DeviceId;
import dev.terminalcloud.connector.ratelimit.ClientOrigin;
import dev.terminalcloud.connector.ratelimit.FailedConnectLimiter;
import dev.terminalcloud.connector.ratelimit.TakeoverLimiter;
import dev.terminalcloud.connector.session.DeviceCapacity;
import dev.terminalcloud.connector.session.Sessions;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.vertx.mqtt.MqttEndpoint;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Decides whether a CONNECT is accepted (device protocol, CONNECT). Only authenticated devices learn reasons that do not
 * concern authentication.
 */
@Singleton
class ConnectPolicy {
    private static final int MIN_KEEP_ALIVE_SECONDS = 10;
    private static final int MAX_KEEP_ALIVE_SECONDS = 60;

    private final DeviceAuthenticator authenticator;
    private final Sessions sessions;
    private final FailedConnectLimiter failedConnects;
    private final TakeoverLimiter takeovers;
    private final DeviceBudgets budgets;

    ConnectPolicy(
            DeviceAuthenticator authenticator,
            Sessions sessions,
            FailedConnectLimiter failedConnects,
            TakeoverLimiter takeovers,
            DeviceBudgets budgets) {
        this.authenticator = authenticator;
        this.sessions = sessions;
        this.failedConnects = failedConnects;
        this.takeovers = takeovers;
        this.budgets = budgets;
    }

    /** Returns why the connection is refused; empty if it is accepted. */
    Optional<ConnectRefusal> refusal(MqttEndpoint endpoint, ClientOrigin origin) {
        if (endpoint.protocolVersion() < MqttVersion.MQTT_3_1_1.protocolLevel()) {
            return Optional.of(ConnectRefusal.PROTOCOL_VERSION);
        }
        Optional<ConnectRefusal> refusal = checkCredentials(endpoint, origin);
        if (refusal.isPresent()) {
            return refusal;
        }
        return budgets.isSuspended(endpoint.clientIdentifier(), System.nanoTime())
                ? Optional.of(ConnectRefusal.SUSPENDED)
                : checkOptions(endpoint);
    }

    /** A device with a certificate cannot be guessing, so failures of other clients do not count against it. */
    private Optional<ConnectRefusal> checkCredentials(MqttEndpoint endpoint, ClientOrigin origin) {
        String clientId = endpoint.clientIdentifier();
        long now = System.nanoTime();
        if (failedConnects.isLimited(origin, clientId, now) && !authenticator.isAuthenticatedByCertificate(endpoint)) {
            return Optional.of(ConnectRefusal.TOO_MANY_FAILURES);
        }
        if (!DeviceId.isValid(clientId)) {
            failedConnects.recordFailure(origin, clientId, now);
            return Optional.of(ConnectRefusal.CLIENT_ID);
        }
        if (!authenticator.knowsDevices()) {
            return Optional.of(ConnectRefusal.UNAVAILABLE);
        }
        if (!authenticator.isAuthenticated(endpoint)) {
            failedConnects.recordFailure(origin, clientId, now);
            return Optional.of(ConnectRefusal.CREDENTIALS);
        }
        failedConnects.recordSuccess(origin, clientId);
        return Optional.empty();
    }

    private Optional<ConnectRefusal> checkOptions(MqttEndpoint endpoint) {
        if (!endpoint.isCleanSession()) {
            return Optional.of(ConnectRefusal.PERSISTENT_SESSION);
        }
        if (endpoint.will().isWillFlag()) {
            return Optional.of(ConnectRefusal.WILL);
        }
        if (!isKeepAliveAllowed(endpoint.keepAliveTimeSeconds())) {
            return Optional.of(ConnectRefusal.KEEP_ALIVE);
        }
        if (!DeviceCapacity.of(endpoint).acceptsPacket(ConnackProperties.PACKET_SIZE)) {
            return Optional.of(ConnectRefusal.MAXIMUM_PACKET_SIZE);
        }
        return checkSessions(endpoint.clientIdentifier());
    }

    /** The last check, since it counts the takeover. */
    private Optional<ConnectRefusal> checkSessions(String deviceId) {
        if (!sessions.hasCapacityFor(deviceId)) {
            return Optional.of(ConnectRefusal.TOO_MANY_CONNECTIONS);
        }
        if (!takeovers.tryAcquire(deviceId, sessions.isOpen(deviceId), System.nanoTime())) {
            return Optional.of(ConnectRefusal.TOO_MANY_TAKEOVERS);
        }
        return Optional.empty();
    }

    private static boolean isKeepAliveAllowed(int seconds) {
        return seconds >= MIN_KEEP_ALIVE_SECONDS && seconds <= MAX_KEEP_ALIVE_SECONDS;
    }
}
