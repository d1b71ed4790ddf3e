package dev.terminalcloud.pairing.wrongcodes;

import dev.terminalcloud.network.ClientAddress;
import dev.terminalcloud.network.IpLiteral;
import dev.terminalcloud.network.TrustedProxyNetworks;
import dev.terminalcloud.pairing.PairingConfiguration;
import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Resolves the address of the client that sent a request, behind the configured {@link TrustedProxyNetworks}. */
@Startup
@ApplicationScoped
public class ClientAddressResolver {
    private static final Logger LOG = Logger.getLogger(ClientAddressResolver.class);
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final TrustedProxyNetworks proxies;
    private final AtomicBoolean warned = new AtomicBoolean();

    ClientAddressResolver(PairingConfiguration configuration) {
        this.proxies = TrustedProxyNetworks.of(
                "pairing.trusted-proxies", configuration.trustedProxies().orElseGet(List::of));
    }

    /** Returns the address of the client that sent the request. */
    public ClientAddress resolve(HttpServerRequest request) {
        String peer = request.connection().remoteAddress().hostAddress();
        List<String> forwardedFor = request.headers().getAll(FORWARDED_FOR);
        return Optional.ofNullable(peer)
                .flatMap(IpLiteral::parse)
                .map(address -> resolve(address, forwardedFor))
                .orElse(ClientAddress.UNKNOWN);
    }

    private ClientAddress resolve(InetAddress peer, List<String> forwardedFor) {
        if (!forwardedFor.isEmpty() && !proxies.isTrusted(peer)) {
            warnOnce();
        }
        return ClientAddress.of(proxies.resolveClient(peer, forwardedFor));
    }

    private void warnOnce() {
        if (warned.compareAndSet(false, true)) {
            LOG.warn("X-Forwarded-For from an untrusted address ignored (logged once). Add the address to"
                    + " pairing.trusted-proxies if it is the gateway's, else all clients share one rate limit");
        }
    }
}
