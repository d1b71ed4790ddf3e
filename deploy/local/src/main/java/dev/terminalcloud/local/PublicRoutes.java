package dev.terminalcloud.local;

import dev.terminalcloud.local.gateway.Route;
import dev.terminalcloud.local.sandbox.EventFeed;
import dev.terminalcloud.local.sandbox.SandboxPages;
import dev.terminalcloud.local.traces.RecentTraces;
import dev.terminalcloud.local.traces.TraceFeed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The routes of the gateway: to the services, and to the pages for people.
 *
 * @param traces empty if nothing is traced: then the page that shows them does not exist
 */
record PublicRoutes(Upstreams upstreams, EventFeed feed, Optional<RecentTraces> traces) {

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
        return Stream.of(
                // DELETE: a register unpairs where its transactions are known; PUT has the code in its path.
                Route.exactHttp("/POS/Pairing", upstreams.transaction()),
                Route.http("/POS/Pairing", upstreams.pairing()),
                Route.pages("/docs", "docs"),
                Route.webSocket("/device", upstreams.webSockets(), "/mqtt"),
                Route.stream("/sandbox/events", feed),
                Route.stream("/sandbox/pages", new SandboxPages(traces.isPresent())),
                Route.pages("", "sandbox"),
                Route.rest(upstreams.transaction()));
    }
}
