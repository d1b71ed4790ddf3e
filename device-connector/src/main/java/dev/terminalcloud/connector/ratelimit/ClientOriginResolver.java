package dev.terminalcloud.connector.ratelimit;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.network.ClientAddress;
import dev.terminalcloud.network.ForwardedClientResolver;
import dev.terminalcloud.network.TrustedProxyNetworks;
import io.vertx.core.MultiMap;
import io.vertx.mqtt.MqttEndpoint;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Resolves the origin of a CONNECT: the peer of the connection, or the client that a trusted proxy names on a WebSocket. A load balancer
 * passes on what its clients wrote, so it is not among these proxies.
 */
@Singleton
public class ClientOriginResolver {
    private final ForwardedClientResolver clients;
    private final TrustedProxyNetworks balancers;

    ClientOriginResolver(ConnectorConfiguration configuration) {
        this.clients = new ForwardedClientResolver(
                "connector.trusted-proxies", configuration.trustedProxies().orElseGet(List::of));
        this.balancers = TrustedProxyNetworks.of(
                "connector.proxy-protocol.trusted-proxies",
                configuration.proxyProtocol().trustedProxies().orElseGet(List::of));
    }

    public ClientOrigin resolve(MqttEndpoint endpoint) {
        MultiMap headers = endpoint.httpHeaders();
        return origin(
                endpoint.remoteAddress().hostAddress(),
                headers == null ? List.of() : headers.getAll(ForwardedClientResolver.HEADER));
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
        return clients.isProxy(peer) || balancers.isTrusted(peer);
    }

    ClientOrigin origin(String peer, List<String> forwardedFor) {
        return clients.resolve(peer, forwardedFor)
                .map(client -> new ClientOrigin(ClientAddress.of(client), standsForClients(client)))
                .orElseGet(() -> new ClientOrigin(ClientAddress.UNKNOWN, false));
    }
}
