package dev.terminalcloud.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The single public HTTP entry point: each request goes where the table of routes says, so that a service answers it, errors of the
 * POS API, sizes and pre-flights included. Of its own are the answers to what is not HTTP, or reaches no service; each is
 * {@code {"error": …}}, as the POS API requires.
 */
public final class Gateway {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_REQUEST_LINE_BYTES = 300_000;
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private final Vertx vertx;
    private final List<Route> routes;
    private final Map<Route, RouteHandler> handlers;
    private final GatewayTimeouts limits;
    private final HttpServer server;
    private final InFlight inFlight = new InFlight();

    private Gateway(Vertx vertx, List<Route> routes, GatewayTimeouts limits) {
        this.vertx = vertx;
        this.routes = routes;
        this.limits = limits;
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                // A held request occupies a connection: only the origin limits their number.
                .setMaxPoolSize(10_000));
        this.handlers = routes.stream().collect(Collectors.toMap(Function.identity(), route -> handler(route, client)));
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        // As of the services. A POS may put all its parameters into the query, sale data of 64 KiB
                        // included.
                        .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                        .setMaxHeaderSize(MAX_HEADER_BYTES)
                        .setHttp2ClearTextEnabled(false))
                .connectionHandler(this::connected)
                .invalidRequestHandler(new InvalidRequests(vertx))
                // Replaced for each connection.
                .requestHandler(GatewayError.NOT_FOUND::answer);
    }

    /** Opens the port; the gateway accepts requests when the future succeeds. */
    public static Future<Gateway> listen(Vertx vertx, String host, int port, List<Route> routes) {
        return listen(vertx, host, port, routes, GatewayTimeouts.DEFAULT);
    }

    static Future<Gateway> listen(Vertx vertx, String host, int port, List<Route> routes, GatewayTimeouts limits) {
        Gateway gateway = new Gateway(vertx, routes, limits);
        return gateway.server.listen(port, host).map(gateway);
    }

    int port() {
        return server.actualPort();
    }

    /** Returns the number of requests that are being answered, without WebSockets and streams. */
    public int requestsInFlight() {
        return inFlight.count();
    }

    /** Rejects new requests with 503 from now on; succeeds when earlier ones have been answered. WebSockets and streams go on. */
    public Future<Void> drain() {
        return inFlight.finish();
    }

    /** Closes all connections at once. */
    public Future<Void> close() {
        return server.close();
    }

    private void connected(HttpConnection connection) {
        ClientConnection client = ClientConnection.watch(vertx, connection, limits.idle());
        Http1Connection.takeAnyVersion(connection, request -> handle(request, client));
    }

    private void handle(HttpServerRequest request, ClientConnection client) {
        Optional<Route> route = routeOf(request);
        boolean counts = route.map(Route::endsByItself).orElse(true);
        boolean begun = !counts || inFlight.begin();
        client.begin(request, counts && begun ? inFlight::end : () -> {});
        if (request.version() == null || request.headers().getAll("Host").size() > 1) {
            GatewayError.MALFORMED.answerAndClose(vertx, request);
        } else if (!begun) {
            GatewayError.SHUTTING_DOWN.answerAndClose(vertx, request);
        } else {
            route.map(handlers::get).orElse(answering(GatewayError.NOT_FOUND)).handle(request, client);
        }
    }

    private Optional<Route> routeOf(HttpServerRequest request) {
        String path = request.path();
        return isForTheGatewayItself(request.method(), path)
                ? Optional.empty()
                : routes.stream()
                        .filter(route -> route.matches(request.method(), path))
                        .findFirst();
    }

    private static boolean isForTheGatewayItself(HttpMethod method, String path) {
        return HttpMethod.CONNECT.equals(method) || path == null || !path.startsWith("/");
    }

    /** Returns the handler of a route; a switch over the kinds of routes, once Java 17 is no longer supported. */
    private RouteHandler handler(Route route, HttpClient client) {
        if (route instanceof Route.Http http) {
            return forwarding(client, http.upstream());
        }
        if (route instanceof Route.Rest rest) {
            return forwarding(client, rest.upstream());
        }
        if (route instanceof Route.WebSocket socket) {
            WebSocketTunnel tunnel = new WebSocketTunnel(origins(client, socket.upstream()), socket.originPath());
            return (request, unused) -> tunnel.handle(request);
        }
        if (route instanceof Route.Stream stream) {
            return (request, unused) -> stream.handler().handle(request);
        }
        StaticFiles files = new StaticFiles(vertx, (Route.Files) route);
        return (request, unused) -> files.handle(request);
    }

    private RouteHandler forwarding(HttpClient client, Upstream upstream) {
        return new HttpForwarding(vertx, client, limits, origins(client, upstream));
    }

    private Origins origins(HttpClient client, Upstream upstream) {
        if (upstream instanceof Upstream.Replicas replicas) {
            ReplicaReadiness readiness = ReplicaReadiness.watch(vertx, replicas);
            return new Origins(replicas::origins, client, readiness::isUnready);
        }
        return new Origins(((Upstream.ChangingReplicas) upstream).ready(), client, replica -> false);
    }

    private static RouteHandler answering(GatewayError error) {
        return (request, unused) -> error.answer(request);
    }
}
