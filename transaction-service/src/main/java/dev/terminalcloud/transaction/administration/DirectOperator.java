package dev.terminalcloud.transaction.administration;

import dev.terminalcloud.administration.CurrentOperator;
import dev.terminalcloud.administration.Operator;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;

/**
 * The current operator, with the peer address of the connection: this service expects no proxy in front of its
 * administration.
 */
@ApplicationScoped
class DirectOperator implements CurrentOperator {
    private final SecurityIdentity identity;
    private final RoutingContext routing;

    DirectOperator(SecurityIdentity identity, RoutingContext routing) {
        this.identity = identity;
        this.routing = routing;
    }

    @Override
    public Operator get() {
        String address = routing.request().connection().remoteAddress().hostAddress();
        return new Operator(identity.getPrincipal().getName(), Objects.requireNonNullElse(address, "unknown"));
    }
}
