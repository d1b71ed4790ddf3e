package dev.terminalcloud.pairing.administration;

import dev.terminalcloud.pairing.wrongcodes.TrustedProxies;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells who sent the request that is being answered. */
@ApplicationScoped
class CurrentOperator {
    private final SecurityIdentity identity;
    private final RoutingContext routing;
    private final TrustedProxies proxies;

    CurrentOperator(SecurityIdentity identity, RoutingContext routing, TrustedProxies proxies) {
        this.identity = identity;
        this.routing = routing;
        this.proxies = proxies;
    }

    Operator get() {
        return new Operator(
                identity.getPrincipal().getName(),
                proxies.clientOf(routing.request()).text());
    }
}
