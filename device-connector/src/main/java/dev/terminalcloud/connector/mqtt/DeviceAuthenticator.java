package dev.terminalcloud.connector.mqtt;

import dev.terminalcloud.connector.registry.DeviceRegistry;
import dev.terminalcloud.connector.tls.Certificates;
import dev.terminalcloud.connector.tls.PeerCertificate;
import io.vertx.mqtt.MqttAuth;
import io.vertx.mqtt.MqttEndpoint;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Authenticates devices against the current registry and the current CA certificates. A certificate takes the place of the
 * secret; a secret does not make up for a certificate of another device.
 */
@Singleton
class DeviceAuthenticator {
    private final Certificates certificates;
    private final DeviceRegistry registry;

    DeviceAuthenticator(Certificates certificates, DeviceRegistry registry) {
        this.certificates = certificates;
        this.registry = registry;
    }

    boolean isAuthenticated(MqttEndpoint endpoint) {
        Optional<PeerCertificate> shown = certificates.peerCertificate(endpoint.sslSession());
        return shown.isPresent() ? matches(shown.get(), endpoint) : hasValidSecret(endpoint);
    }

    /** Returns whether any device is known: without one, the registry was lost with the data of Kafka, or is still empty. */
    boolean knowsDevices() {
        return registry.size() > 0;
    }

    /** Returns whether a certificate authenticates the device. */
    boolean isAuthenticatedByCertificate(MqttEndpoint endpoint) {
        return certificates
                .peerCertificate(endpoint.sslSession())
                .filter(shown -> matches(shown, endpoint))
                .isPresent();
    }

    private boolean matches(PeerCertificate shown, MqttEndpoint endpoint) {
        MqttAuth auth = endpoint.auth();
        String deviceId = endpoint.clientIdentifier();
        return shown.identifies(deviceId)
                && (auth == null || deviceId.equals(auth.getUsername()))
                && registry.isAllowed(deviceId);
    }

    private boolean hasValidSecret(MqttEndpoint endpoint) {
        MqttAuth auth = endpoint.auth();
        return auth != null
                && endpoint.clientIdentifier().equals(auth.getUsername())
                && registry.isAllowed(auth.getUsername(), auth.getPassword());
    }
}
