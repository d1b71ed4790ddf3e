package dev.terminalcloud.local.gateway;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;
import java.util.Set;

/** Hands a plain request, once all of it is there, to a replica of its service and the answer back. */
final class HttpForwarding implements Handler<HttpServerRequest> {
    /** The rest, {@code TRACE} and {@code CONNECT} among them, nobody behind the gateway has a use for. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH");

    private final Vertx vertx;
    private final HttpClient client;
    private final GatewayTimeouts limits;
    private final Origins origins;

    HttpForwarding(Vertx vertx, HttpClient client, GatewayTimeouts limits, Origins origins) {
        this.vertx = vertx;
        this.client = client;
        this.limits = limits;
        this.origins = origins;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (METHODS.contains(request.method().name())) {
            RequestBody.read(vertx, request, limits.body(), body -> forward(request, body));
        } else {
            GatewayError.NOT_FOUND.answer(request);
        }
    }

    private void forward(HttpServerRequest request, Buffer body) {
        // How the client framed the body is between it and the gateway, and the proxy would object to some of it.
        request.headers().remove("Transfer-Encoding");
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(context -> origins.connect(
                        new RequestOptions().setIdleTimeout(limits.response().toMillis())))
                .addInterceptor(new OriginExchange(body))
                .handle(request);
    }
}
