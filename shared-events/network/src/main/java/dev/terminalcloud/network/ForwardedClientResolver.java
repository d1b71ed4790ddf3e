package dev.terminalcloud.network;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Resolver of the client that sent a request, behind the configured {@link TrustedProxyNetworks}. Logs once if a peer that is not
 * trusted sends {@value #HEADER}: a proxy is missing in the configuration, or a client tries to forge its address. Thread-safe.
 */
public final class ForwardedClientResolver {
    /** The header in which each proxy names the address that it received the request from. */
    public static final String HEADER = "X-Forwarded-For";

    private static final Logger LOG = Logger.getLogger(ForwardedClientResolver.class);

    private final String key;
    private final TrustedProxyNetworks proxies;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * Creates the resolver.
     *
     * @param key the configuration key of the proxies, for messages
     * @param proxies IP addresses and CIDR networks
     * @throws IllegalArgumentException if a text is neither; the message has the key and the text
     */
    public ForwardedClientResolver(String key, List<String> proxies) {
        this.key = key;
        this.proxies = TrustedProxyNetworks.of(key, proxies);
    }

    /** Returns whether the address belongs to a trusted proxy. */
    public boolean isProxy(InetAddress address) {
        return proxies.isTrusted(address);
    }

    /**
     * Returns the client, or a trusted proxy if no entry names a client; empty if the peer has no IP address.
     *
     * @param peer the address of the other end of the connection; null if it has none, on a Unix socket for instance
     * @param forwardedFor the lines of {@value #HEADER} in their order
     */
    public Optional<InetAddress> resolve(String peer, List<String> forwardedFor) {
        return Optional.ofNullable(peer).flatMap(IpLiteral::parse).map(address -> resolve(address, forwardedFor));
    }

    private InetAddress resolve(InetAddress peer, List<String> forwardedFor) {
        if (!forwardedFor.isEmpty() && !isProxy(peer) && warned.compareAndSet(false, true)) {
            LOG.warnf(
                    "X-Forwarded-For from an untrusted address ignored (logged once). %s",
                    "Add the address to " + key + " if it is the gateway's, else all its clients share one limit");
        }
        return proxies.resolveClient(peer, forwardedFor);
    }
}
