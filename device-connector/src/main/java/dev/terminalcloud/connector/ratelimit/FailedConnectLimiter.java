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
    private static final long MOST_KNOWN_DEVICES = 200_000;

    private final FailureLimiter<DeviceAtAddress> ofDevices;
    private final FailureLimiter<ClientAddress> ofAddresses;
    private final Cache<DeviceAtAddress, Boolean> letIn;

    private record DeviceAtAddress(String deviceId, ClientAddress address) {}

    FailedConnectLimiter(ConnectorConfiguration configuration) {
        FailedConnectLimits limits = configuration.failedConnects();
        this.ofDevices = new FailureLimiter<>(limits.perDevice(), limits.devicePause());
        this.ofAddresses = new FailureLimiter<>(limits.perAddress(), limits.addressPause());
        this.letIn = Caffeine.newBuilder()
                .maximumSize(MOST_KNOWN_DEVICES)
                .expireAfterWrite(limits.remembered())
                .build();
    }

    /** Whether so many have failed that the next one is to be refused whatever it says. */
    public boolean areTooMany(ClientOrigin caller, String clientId, long nowNanos) {
        DeviceAtAddress device = new DeviceAtAddress(clientId, caller.address());
        if (ofDevices.isSpent(device, nowNanos)) {
            return true;
        }
        return !caller.isProxy()
                && ofAddresses.isSpent(caller.address(), nowNanos)
                && letIn.getIfPresent(device) == null;
    }

    /** Somebody did not prove to be the device. */
    public void failed(ClientOrigin caller, String clientId, long nowNanos) {
        ofDevices.fail(new DeviceAtAddress(clientId, caller.address()), nowNanos);
        if (!caller.isProxy()) {
            ofAddresses.fail(caller.address(), nowNanos);
        }
    }

    /** Somebody did. */
    public void succeeded(ClientOrigin caller, String clientId) {
        letIn.put(new DeviceAtAddress(clientId, caller.address()), true);
    }
}
