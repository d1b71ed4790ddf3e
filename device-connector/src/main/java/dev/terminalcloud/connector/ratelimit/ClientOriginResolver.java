package dev.terminalcloud.connector.ratelimit;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.network.ClientAddress;
import dev.terminalcloud.network.IpLiteral;
import dev.terminalcloud.network.TrustedProxyNetworks;
import io.vertx.core.MultiMap;
import io.vertx.mqtt.MqttEndpoint;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Resolves the origin of a CONNECT: the peer of the connection, or the client that a trusted proxy names on a WebSocket. A load balancer
 * passes on what its clients wrote, so it is not among these proxies.
 */
@Singleton
public class ClientOriginResolver {
    private static final Logger LOG = Logger.getLogger(ClientOriginResolver.class);
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final TrustedProxyNetworks proxies;
    private final TrustedProxyNetworks balancers;
    private final AtomicBoolean warned = new AtomicBoolean();

    ClientOriginResolver(ConnectorConfiguration configuration) {
        this.proxies = TrustedProxyNetworks.of(
                "connector.trusted-proxies", configuration.trustedProxies().orElseGet(List::of));
        this.balancers = TrustedProxyNetworks.of(
                "connector.proxy-protocol.trusted-proxies",
                configuration.proxyProtocol().trustedProxies().orElseGet(List::of));
    }

    public ClientOrigin resolve(MqttEndpoint endpoint) {
        MultiMap headers = endpoint.httpHeaders();
        List<String> forwardedFor = headers == null ? List.of() : headers.getAll(FORWARDED_FOR);
        return Optional.ofNullable(endpoint.remoteAddress().hostAddress())
                .flatMap(IpLiteral::parse)
                .map(peer -> origin(peer, forwardedFor))
                .orElseGet(() -> new ClientOrigin(ClientAddress.UNKNOWN, false));
    }

    /** Returns the client at the other end of a connection; empty for a proxy or load balancer, which stands for unrelated clients. */
    public Optional<ClientAddress> clientOf(InetAddress peer) {
        return standsForClients(peer) ? Optional.empty() : Optional.of(ClientAddress.of(peer));
    }

    /** Returns whether the address is a load balancer's, which may name the client with the PROXY protocol. */
    public boolean isBalancer(InetAddress peer) {
        return balancers.isTrusted(peer);
    }

    private boolean standsForClients(InetAddress peer) {
        return proxies.isTrusted(peer) || balancers.isTrusted(peer);
    }

    ClientOrigin origin(InetAddress peer, List<String> forwardedFor) {
        if (!forwardedFor.isEmpty() && !proxies.isTrusted(peer) && warned.compareAndSet(false, true)) {
            LOG.warn("X-Forwarded-For from an untrusted address ignored (logged once). Add the address to"
                    + " connector.trusted-proxies if it is the gateway's, else all its devices share one limit");
        }
        InetAddress client = proxies.resolveClient(peer, forwardedFor);
        return new ClientOrigin(ClientAddress.of(client), standsForClients(client));
    }
}
