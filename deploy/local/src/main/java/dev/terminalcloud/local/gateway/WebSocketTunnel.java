package dev.terminalcloud.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;

/**
 * Tunnel of a WebSocket to its origin, under the origin's own path and without the query: first the handshake, then the bytes in both
 * directions with back-pressure. When one side closes, the other is closed.
 *
 * <p>Vert.x's proxy can't be used for this: it gives the origin the path as it came.
 */
record WebSocketTunnel(Origins origins, String originPath) implements Handler<HttpServerRequest> {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FORBIDDEN = 403;

    @Override
    public void handle(HttpServerRequest request) {
        if (!isWebSocket(request)) {
            GatewayError.UPGRADE_REQUIRED.answer(request);
            return;
        }
        request.pause();
        connect(request)
                .onFailure(failure -> GatewayError.ORIGIN_UNAVAILABLE.answer(request))
                .onSuccess(response -> join(request, response));
    }

    private static boolean isWebSocket(HttpServerRequest request) {
        return HttpMethod.GET.equals(request.method())
                && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    private Future<HttpClientResponse> connect(HttpServerRequest request) {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.GET).setURI(originPath);
        return origins.connect(options).compose(outgoing -> {
            copyHeaders(request, outgoing);
            return outgoing.connect();
        });
    }

    private static void copyHeaders(HttpServerRequest request, HttpClientRequest outgoing) {
        outgoing.headers().addAll(request.headers());
        outgoing.headers().remove(HttpHeaders.HOST);
        outgoing.headers().set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
        Forwarded.replaceIn(outgoing.headers(), request);
    }

    private static void join(HttpServerRequest request, HttpClientResponse response) {
        if (response.statusCode() == FORBIDDEN) {
            // The connector refuses the page's origin; no page can read the answer.
            response.request().reset();
            request.response().setStatusCode(FORBIDDEN).end();
            return;
        }
        if (response.statusCode() != SWITCHING_PROTOCOLS) {
            response.request().reset();
            GatewayError.ORIGIN_UNAVAILABLE.answer(request);
            return;
        }
        NetSocket originSide = response.netSocket();
        originSide.pause();
        request.response().setStatusCode(SWITCHING_PROTOCOLS).headers().addAll(response.headers());
        request.toNetSocket().onFailure(failure -> originSide.close()).onSuccess(clientSide -> {
            clientSide.pipeTo(originSide);
            originSide.pipeTo(clientSide);
        });
    }
}
