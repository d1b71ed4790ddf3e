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

/** Reverse proxy for plain requests: forwards a request, once it is complete, to a replica of its service, and returns the answer. */
final class HttpForwarding implements Handler<HttpServerRequest> {
    /** The forwarded methods. No service behind the gateway uses the others, {@code TRACE} and {@code CONNECT} among them. */
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
        // The framing of the body concerns client and gateway only, and the proxy would reject some of it.
        request.headers().remove("Transfer-Encoding");
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(context -> origins.connect(
                        new RequestOptions().setIdleTimeout(limits.response().toMillis())))
                .addInterceptor(new OriginExchange(body))
                .handle(request);
    }
}
