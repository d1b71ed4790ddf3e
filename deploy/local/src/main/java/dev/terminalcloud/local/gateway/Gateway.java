package dev.terminalcloud.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The one public HTTP entry: each request goes where the table of routes says, anything else is 404. It holds no logic; each answer
 * of its own is {@code {"error": …}}, as the POS API asks.
 */
public final class Gateway {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    /** Longer than the longest that an origin may hold a request: 110 s for a synchronous transaction. */
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(130);

    private static final int LONGEST_REQUEST_LINE = 300_000;

    private final List<Route> routes;
    private final Map<Route, Handler<HttpServerRequest>> handlers;

    private Gateway(List<Route> routes, HttpClient client, Duration silenceLimit) {
        this.routes = routes;
        this.handlers = routes.stream()
                .collect(Collectors.toMap(Function.identity(), route -> handler(route, client, silenceLimit)));
    }

    /** Listens from when the future succeeds, and then ends with the server, or with the Vert.x instance. */
    public static Future<HttpServer> listen(Vertx vertx, String host, int port, List<Route> routes) {
        return listen(vertx, host, port, routes, SILENCE_LIMIT);
    }

    static Future<HttpServer> listen(Vertx vertx, String host, int port, List<Route> routes, Duration silenceLimit) {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_LIMIT.toMillis())
                // A waiting poll holds a connection: let nothing but the origin limit them.
                .setMaxPoolSize(10_000));
        Gateway gateway = new Gateway(routes, client, silenceLimit);
        return vertx.createHttpServer(new HttpServerOptions()
                        .setHandle100ContinueAutomatically(true)
                        // A POS may put all its parameters into the query, sale data of 64 KiB included.
                        .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                        .setHttp2ClearTextEnabled(false))
                .requestHandler(gateway::handle)
                .listen(port, host);
    }

    private void handle(HttpServerRequest request) {
        if (!PlainPath.isPlain(request.path())) {
            GatewayError.NOT_FOUND.answer(request);
            return;
        }
        routes.stream()
                .filter(route -> route.matches(request.path()))
                .findFirst()
                .ifPresentOrElse(
                        route -> handlers.get(route).handle(request), () -> GatewayError.NOT_FOUND.answer(request));
    }

    private static Handler<HttpServerRequest> handler(Route route, HttpClient client, Duration silenceLimit) {
        return route.webSocketPath()
                .<Handler<HttpServerRequest>>map(path -> new WebSocketTunnel(client, route.origin(), path))
                .orElseGet(() -> HttpForwarding.to(route.origin(), client, silenceLimit));
    }
}
