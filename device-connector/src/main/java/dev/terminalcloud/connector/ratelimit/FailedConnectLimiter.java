package dev.terminalcloud.connector.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.terminalcloud.connector.ConnectorConfiguration;
import dev.terminalcloud.connector.ConnectorConfiguration.FailedConnectLimits;
import dev.terminalcloud.network.ClientAddress;
import jakarta.inject.Singleton;

/**
 * Limiter of failed CONNECTs: of one device id from one address, and from one address of all ids. A device that was accepted
 * from an address lately is not held up by failures of other clients there. Thread-safe; in memory, of this connector alone.
 *
 * <p>An id is not limited over all addresses: a secret can't be guessed, and any client that knows a device's id could lock
 * it out remotely.
 */
@Singleton
public class FailedConnectLimiter {
    private static final long MAX_KNOWN_DEVICES = 200_000;

    private final FailureLimiter<DeviceAtAddress> deviceLimiter;
    private final FailureLimiter<ClientAddress> addressLimiter;
    private final Cache<DeviceAtAddress, Boolean> knownDevices;

    private record DeviceAtAddress(String deviceId, ClientAddress address) {}

    FailedConnectLimiter(ConnectorConfiguration configuration) {
        FailedConnectLimits limits = configuration.failedConnects();
        this.deviceLimiter = new FailureLimiter<>(limits.maxPerDevice(), limits.deviceRefillInterval());
        this.addressLimiter = new FailureLimiter<>(limits.maxPerAddress(), limits.addressRefillInterval());
        this.knownDevices = Caffeine.newBuilder()
                .maximumSize(MAX_KNOWN_DEVICES)
                .expireAfterWrite(limits.knownDeviceTtl())
                .build();
    }

    /** Returns whether so many have failed that the next one must be refused unchecked. */
    public boolean isLimited(ClientOrigin origin, String clientId, long nowNanos) {
        DeviceAtAddress device = new DeviceAtAddress(clientId, origin.address());
        if (deviceLimiter.isExhausted(device, nowNanos)) {
            return true;
        }
        return !origin.isProxy()
                && addressLimiter.isExhausted(origin.address(), nowNanos)
                && knownDevices.getIfPresent(device) == null;
    }

    /** Records a CONNECT that failed authentication. */
    public void recordFailure(ClientOrigin origin, String clientId, long nowNanos) {
        deviceLimiter.recordFailure(new DeviceAtAddress(clientId, origin.address()), nowNanos);
        if (!origin.isProxy()) {
            addressLimiter.recordFailure(origin.address(), nowNanos);
        }
    }

    /** Records a CONNECT that was authenticated. */
    public void recordSuccess(ClientOrigin origin, String clientId) {
        knownDevices.put(new DeviceAtAddress(clientId, origin.address()), true);
    }
}
