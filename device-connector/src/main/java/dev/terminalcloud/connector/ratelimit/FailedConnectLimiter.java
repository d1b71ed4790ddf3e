package dev.terminalcloud.connector.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.terminalcloud.connector.ConnectorConfiguration;
import dev.terminalcloud.connector.ConnectorConfiguration.FailedConnectLimits;
import dev.terminalcloud.network.ClientAddress;
import jakarta.inject.Singleton;

/**
 * How many CONNECTs may fail: of one device id from one address, and from one address of whatever ids. A device that was
 * let in from an address lately is not held up by what others try from there. Safe for any thread; in memory, of this
 * connector alone.
 *
 * <p>An id is not limited over all addresses: a secret can't be guessed, and whoever knows a device's number could keep it
 * out from afar.
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

    /** Whether so many have failed that the next one is to be refused whatever it says. */
    public boolean isLimited(ClientOrigin caller, String clientId, long nowNanos) {
        DeviceAtAddress device = new DeviceAtAddress(clientId, caller.address());
        if (deviceLimiter.isExhausted(device, nowNanos)) {
            return true;
        }
        return !caller.isProxy()
                && addressLimiter.isExhausted(caller.address(), nowNanos)
                && knownDevices.getIfPresent(device) == null;
    }

    /** Somebody did not prove to be the device. */
    public void recordFailure(ClientOrigin caller, String clientId, long nowNanos) {
        deviceLimiter.recordFailure(new DeviceAtAddress(clientId, caller.address()), nowNanos);
        if (!caller.isProxy()) {
            addressLimiter.recordFailure(caller.address(), nowNanos);
        }
    }

    /** Somebody did. */
    public void recordSuccess(ClientOrigin caller, String clientId) {
        knownDevices.put(new DeviceAtAddress(clientId, caller.address()), true);
    }
}
