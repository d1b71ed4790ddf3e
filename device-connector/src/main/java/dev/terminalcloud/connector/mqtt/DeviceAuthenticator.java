package dev.terminalcloud.connector.mqtt;

import dev.terminalcloud.connector.registry.DeviceRegistry;
import dev.terminalcloud.connector.tls.Certificates;
import dev.terminalcloud.connector.tls.PeerCertificate;
import io.vertx.mqtt.MqttAuth;
import io.vertx.mqtt.MqttEndpoint;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Whether whoever connects is the device that it says it is, by what the registry and the authorities say now. A
 * certificate takes the place of the secret; one that is not the device's is not made good by a secret.
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

    /** Whether it is given by a certificate. */
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
