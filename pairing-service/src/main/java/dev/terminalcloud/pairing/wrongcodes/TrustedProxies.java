package dev.terminalcloud.pairing.wrongcodes;

import dev.terminalcloud.pairing.PairingConfiguration;
import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Tells which client a request comes from. Each proxy appends the address of whom it got the request from to
 * {@code X-Forwarded-For}; what a proxy says is believed only if the proxy is known, so the list is read from its end, and
 * the first address that is no known proxy is the client. What stands before it may be invented.
 */
@Startup
@ApplicationScoped
public class TrustedProxies {
    private static final Logger LOG = Logger.getLogger(TrustedProxies.class);
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final List<Network> proxies;
    private final AtomicBoolean told = new AtomicBoolean();

    TrustedProxies(PairingConfiguration configuration) {
        this.proxies = configuration.trustedProxies().orElseGet(List::of).stream()
                .map(TrustedProxies::network)
                .toList();
    }

    private static Network network(String text) {
        return Network.in(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "pairing.trusted-proxies must be addresses or networks like 10.4.0.0/24, not " + text));
    }

    /** The client that sent the request. */
    public ClientAddress clientOf(HttpServerRequest request) {
        String peer = request.connection().remoteAddress().hostAddress();
        List<String> forwardedFor = request.headers().getAll(FORWARDED_FOR);
        return Optional.ofNullable(peer)
                .flatMap(IpLiteral::in)
                .map(address -> clientOf(address, forwardedFor))
                .orElse(ClientAddress.UNKNOWN);
    }

    /**
     * The client behind a connection.
     *
     * @param peer the other end of the connection
     * @param forwardedFor the lines of the header, in their order
     */
    ClientAddress clientOf(InetAddress peer, List<String> forwardedFor) {
        if (!forwardedFor.isEmpty() && !isTrusted(peer)) {
            tellOnce();
        }
        List<String> hops = forwardedFor.stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .toList();
        InetAddress client = peer;
        for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
            Optional<InetAddress> before = IpLiteral.in(hops.get(i));
            if (before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return ClientAddress.of(client);
    }

    private boolean isTrusted(InetAddress address) {
        return proxies.stream().anyMatch(proxy -> proxy.contains(address));
    }

    private void tellOnce() {
        if (told.compareAndSet(false, true)) {
            LOG.warn(
                    "X-Forwarded-For comes from an address that is not in pairing.trusted-proxies, and is ignored: if it"
                            + " is the gateway's, all clients share one limit of wrong codes. This is said once");
        }
    }
}
