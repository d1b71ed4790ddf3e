package dev.terminalcloud.pairing.wrongcodes;

import dev.terminalcloud.network.ClientAddress;
import dev.terminalcloud.network.ForwardedClientResolver;
import dev.terminalcloud.pairing.PairingConfiguration;
import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Resolves the address of the client that sent a request, behind the configured proxies. */
@Startup
@ApplicationScoped
public class ClientAddressResolver {
    private final ForwardedClientResolver clients;

    ClientAddressResolver(PairingConfiguration configuration) {
        this.clients = new ForwardedClientResolver(
                "pairing.trusted-proxies", configuration.trustedProxies().orElseGet(List::of));
    }

    /** Returns the address of the client that sent the request. */
    public ClientAddress resolve(HttpServerRequest request) {
        String peer = request.connection().remoteAddress().hostAddress();
        return clients.resolve(peer, request.headers().getAll(ForwardedClientResolver.HEADER))
                .map(ClientAddress::of)
                .orElse(ClientAddress.UNKNOWN);
    }
}
