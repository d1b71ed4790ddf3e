package dev.terminalcloud.pairing.administration;

import dev.terminalcloud.administration.CurrentOperator;
import dev.terminalcloud.administration.Operator;
import dev.terminalcloud.pairing.wrongcodes.ClientAddressResolver;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** The current operator, with the address of the client behind the trusted proxies, as for the limits for wrong codes. */
@ApplicationScoped
class OperatorBehindProxies implements CurrentOperator {
    private final SecurityIdentity identity;
    private final RoutingContext routing;
    private final ClientAddressResolver proxies;

    OperatorBehindProxies(SecurityIdentity identity, RoutingContext routing, ClientAddressResolver proxies) {
        this.identity = identity;
        this.routing = routing;
        this.proxies = proxies;
    }

    @Override
    public Operator get() {
        return new Operator(
                identity.getPrincipal().getName(),
                proxies.resolve(routing.request()).text());
    }
}
