package dev.terminalcloud.local;

import dev.terminalcloud.local.gateway.Upstream;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The replicas behind the gateway.
 *
 * @param webSockets the connectors, for MQTT over WebSocket
 */
record Upstreams(Upstream pairing, Upstream transaction, Upstream webSockets) {
    private static final String LOOPBACK = "127.0.0.1";

    /** Returns the processes that run from startup to shutdown. */
    static Upstreams of(Services services) {
        return new Upstreams(
                replicas(services.pairing()),
                replicas(services.transaction()),
                Upstream.unchecked(services.webSockets()));
    }

    private static Upstream replicas(List<Service> replicas) {
        return new Upstream.Replicas(
                addresses(replicas, ServicePorts::http), addresses(replicas, ServicePorts::management));
    }

    private static List<SocketAddress> addresses(List<Service> replicas, ToIntFunction<ServicePorts> port) {
        return replicas.stream()
                .map(replica -> SocketAddress.inetSocketAddress(port.applyAsInt(replica.ports()), LOOPBACK))
                .toList();
    }
}
