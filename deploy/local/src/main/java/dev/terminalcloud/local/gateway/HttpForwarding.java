package dev.terminalcloud.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyOptions;
import java.util.Optional;

/**
 * Reverse proxy for plain requests of any method: forwards a request to a replica of its service, and returns the answer. When the client
 * disconnects before that, the request to the service is reset. That cancels nothing that the service has begun: its endpoints that write
 * carry on to their end.
 */
final class HttpForwarding implements RouteHandler {
    private final Vertx vertx;
    private final HttpClient httpClient;
    private final GatewayTimeouts limits;
    private final Origins origins;
    private final ReusedConnections reused = new ReusedConnections();

    HttpForwarding(Vertx vertx, HttpClient httpClient, GatewayTimeouts limits, Origins origins) {
        this.vertx = vertx;
        this.httpClient = httpClient;
        this.limits = limits;
        this.origins = origins;
    }

    @Override
    public void handle(HttpServerRequest request, ClientConnection client) {
        RequestBody.read(vertx, request, limits.body(), body -> forward(request, body, client));
    }

    private void forward(HttpServerRequest request, Optional<Body> body, ClientConnection client) {
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), httpClient)
                .origin(context -> connect(context, client))
                .addInterceptor(new OriginExchange(body))
                .handle(request);
    }

    /**
     * Connects to the origin. The reset comes after the request has been sent, if it is complete: a client that disconnects at once still
     * gets what it asked for. Once the origin has answered nothing is reset: its connection may serve another request already.
     */
    private Future<HttpClientRequest> connect(ProxyContext context, ClientConnection client) {
        return origins.connect(
                        new RequestOptions().setIdleTimeout(limits.response().toMillis()))
                // Its failure is that of the response, too, which is handled.
                .onSuccess(outgoing -> outgoing.exceptionHandler(failure -> {}))
                .onSuccess(outgoing -> reused.watch(context, outgoing))
                .onSuccess(outgoing -> resetIfUnanswered(outgoing, client));
    }

    private void resetIfUnanswered(HttpClientRequest outgoing, ClientConnection client) {
        Runnable drop = client.onClose(() -> vertx.runOnContext(later -> {
            if (!outgoing.response().isComplete()) {
                outgoing.reset();
            }
        }));
        outgoing.response().onComplete(answered -> drop.run());
    }
}
