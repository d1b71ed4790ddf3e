package dev.terminalcloud.local;

import dev.terminalcloud.local.gateway.Route;
import dev.terminalcloud.local.sandbox.EventFeed;
import dev.terminalcloud.local.sandbox.SandboxPages;
import dev.terminalcloud.local.traces.RecentTraces;
import dev.terminalcloud.local.traces.TraceFeed;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * The routes of the gateway: to the services, and to the pages for people.
 *
 * @param traces empty if nothing is traced: then the page that shows them does not exist
 */
record PublicRoutes(Services services, EventFeed feed, Optional<RecentTraces> traces) {
    private static final String LOOPBACK = "127.0.0.1";

    /** Returns them, transaction-service as the last: it answers all that is nothing else's, as in production. */
    List<Route> list() {
        return Stream.concat(ofTraces(), ofServices()).toList();
    }

    private Stream<Route> ofTraces() {
        return traces.stream()
                .flatMap(recent -> Stream.of(
                        Route.stream("/traces/data", new TraceFeed(recent)), Route.pages("/traces", "traces")));
    }

    private Stream<Route> ofServices() {
        List<Service> transaction = services.transaction();
        List<Service> pairing = services.pairing();
        return Stream.of(
                // DELETE: a register unpairs where its transactions are known; PUT has the code in its path.
                Route.exactHttp("/POS/Pairing", origins(transaction), management(transaction)),
                Route.http("/POS/Pairing", origins(pairing), management(pairing)),
                Route.pages("/docs", "docs"),
                Route.webSocket("/device", services.webSockets(), "/mqtt"),
                Route.stream("/sandbox/events", feed),
                Route.stream("/sandbox/pages", new SandboxPages(traces.isPresent())),
                Route.pages("", "sandbox"),
                Route.rest(origins(transaction), management(transaction)));
    }

    private static List<SocketAddress> origins(List<Service> replicas) {
        return addresses(replicas, ServicePorts::http);
    }

    private static List<SocketAddress> management(List<Service> replicas) {
        return addresses(replicas, ServicePorts::management);
    }

    private static List<SocketAddress> addresses(List<Service> replicas, ToIntFunction<ServicePorts> port) {
        return replicas.stream()
                .map(replica -> SocketAddress.inetSocketAddress(port.applyAsInt(replica.ports()), LOOPBACK))
                .toList();
    }
}
