package dev.terminalcloud.local.gateway;

import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.function.Supplier;

/** The replicas of a service to which a route leads; they are used round-robin. */
public sealed interface Upstream {

    /**
     * Replicas that do not change.
     *
     * @param management the address of each origin, in their order, that answers whether it is ready; empty if that is not checked
     */
    record Replicas(List<SocketAddress> origins, List<SocketAddress> management) implements Upstream {
        public Replicas {
            origins = List.copyOf(origins);
            management = List.copyOf(management);
            if (origins.isEmpty()) {
                throw new IllegalArgumentException("a route must have an origin");
            }
            if (!management.isEmpty() && management.size() != origins.size()) {
                throw new IllegalArgumentException("each origin must have a management address, was %d for %d"
                        .formatted(management.size(), origins.size()));
            }
        }
    }

    /**
     * Replicas that come and go.
     *
     * @param ready returns those that are ready now; without any the gateway answers as if none can be connected to
     */
    record ChangingReplicas(Supplier<List<SocketAddress>> ready) implements Upstream {}

    /** Returns replicas whose readiness is not checked. */
    static Upstream unchecked(List<SocketAddress> origins) {
        return new Replicas(origins, List.of());
    }
}
