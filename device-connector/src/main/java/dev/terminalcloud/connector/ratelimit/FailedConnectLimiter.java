package dev.terminalcloud.connector.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.config.ConnectorConfiguration.FailedConnectLimits;
import dev.terminalcloud.connector.protocol.DeviceId;
import dev.terminalcloud.network.ClientAddress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Limiter of failed CONNECTs: of one device id from one address, and from one address of all ids. A device that was accepted
 * from an address lately is not held up by failures of other clients there. Thread-safe; in memory, of this connector alone.
 *
 * <p>An id is not limited over all addresses: a secret can't be guessed, and any client that knows a device's id could lock
 * it out remotely. A client id that is not a device id counts under its address alone: what a client sends is never kept.
 */
@Singleton
public class FailedConnectLimiter {
    private static final long MAX_KNOWN_DEVICES = 200_000;

    private final TokenBuckets<DeviceAtAddress> byDevice;
    private final TokenBuckets<ClientAddress> byAddress;
    private final Cache<DeviceAtAddress, Boolean> knownDevices;

    private record DeviceAtAddress(String deviceId, ClientAddress address) {}

    @Inject
    FailedConnectLimiter(ConnectorConfiguration configuration) {
        this(configuration.failedConnects());
    }

    FailedConnectLimiter(FailedConnectLimits limits) {
        this.byDevice = new TokenBuckets<>(limits.maxPerDevice(), limits.deviceRefillInterval());
        this.byAddress = new TokenBuckets<>(limits.maxPerAddress(), limits.addressRefillInterval());
        this.knownDevices = Caffeine.newBuilder()
                .maximumSize(MAX_KNOWN_DEVICES)
                .expireAfterWrite(limits.knownDeviceTtl())
                .build();
    }

    /** Returns the number of device ids that are kept, each at one address. */
    long trackedDevices() {
        return byDevice.size();
    }

    /** Returns whether so many have failed that the next one must be refused unchecked. */
    public boolean isLimited(ClientOrigin origin, String clientId, long nowNanos) {
        boolean isAddressExhausted = !origin.isProxy() && byAddress.isEmpty(origin.address(), nowNanos);
        if (!DeviceId.isValid(clientId)) {
            return isAddressExhausted;
        }
        DeviceAtAddress device = new DeviceAtAddress(clientId, origin.address());
        return byDevice.isEmpty(device, nowNanos) || (isAddressExhausted && knownDevices.getIfPresent(device) == null);
    }

    /** Records a CONNECT that failed authentication; a client id that is not a device id is not kept. */
    public void recordFailure(ClientOrigin origin, String clientId, long nowNanos) {
        if (DeviceId.isValid(clientId)) {
            byDevice.take(new DeviceAtAddress(clientId, origin.address()), nowNanos);
        }
        if (!origin.isProxy()) {
            byAddress.take(origin.address(), nowNanos);
        }
    }

    /** Records a CONNECT that was authenticated. */
    public void recordSuccess(ClientOrigin origin, String clientId) {
        knownDevices.put(new DeviceAtAddress(clientId, origin.address()), true);
    }
}
