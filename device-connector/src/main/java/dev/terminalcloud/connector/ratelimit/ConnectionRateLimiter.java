package dev.terminalcloud.connector.ratelimit;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.config.ConnectorConfiguration.ConnectionRate;
import dev.terminalcloud.network.ClientAddress;
import dev.terminalcloud.network.IpNetwork;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Limiter of new network connections: of one IPv4 address or /64 network of IPv6, and of a /48 network of IPv6, which one customer may
 * have as a whole, {@value #NETWORK_FACTOR} times as many. Connections of trusted proxies, which stand for unrelated clients, are not
 * limited. Thread-safe; in memory, of this connector alone.
 *
 * <p>A connection that is refused takes no token: clients that try again all the time get in as fast as the bucket refills.
 */
@Singleton
public class ConnectionRateLimiter {
    private static final int NETWORK_PREFIX = 48;
    private static final int NETWORK_FACTOR = 16;

    private final ClientOriginResolver origins;
    private final TokenBuckets<ClientAddress> byAddress;
    private final TokenBuckets<IpNetwork> byNetwork;

    @Inject
    ConnectionRateLimiter(ConnectorConfiguration configuration, ClientOriginResolver origins) {
        ConnectionRate rate = configuration.connectionRate();
        Duration refillInterval = Duration.ofSeconds(1).dividedBy(rate.maxPerSecond());
        this.origins = origins;
        this.byAddress = new TokenBuckets<>(rate.maxBurst(), refillInterval);
        this.byNetwork = new TokenBuckets<>(rate.maxBurst() * NETWORK_FACTOR, refillInterval.dividedBy(NETWORK_FACTOR));
    }

    /** Returns whether the peer may open one more connection now, and counts it if it may. */
    public boolean tryAcquire(InetAddress peer, long nowNanos) {
        Optional<ClientAddress> client = origins.clientOf(peer);
        if (client.isEmpty()) {
            return true;
        }
        if (byAddress.isEmpty(client.get(), nowNanos)) {
            return false;
        }
        if (peer instanceof Inet6Address) {
            IpNetwork network = new IpNetwork(peer, NETWORK_PREFIX);
            if (byNetwork.isEmpty(network, nowNanos)) {
                return false;
            }
            byNetwork.take(network, nowNanos);
        }
        byAddress.take(client.get(), nowNanos);
        return true;
    }
}
