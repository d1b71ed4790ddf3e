package dev.terminalcloud.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Hands a plain request to its origin and the answer back, and answers itself when the origin can't. */
final class HttpForwarding implements ProxyInterceptor {
    private HttpForwarding() {}

    static HttpProxy to(SocketAddress origin, HttpClient client, Duration silenceLimit) {
        return HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(context -> connect(client, origin, silenceLimit))
                .addInterceptor(new HttpForwarding());
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        MultiMap headers = context.request().headers();
        headers.remove("Expect");
        Forwarded.replaceIn(headers, context.request().proxiedRequest());
        return context.sendRequest().recover(failure -> Future.succeededFuture(answerFor(context, failure)));
    }

    private static Future<HttpClientRequest> connect(HttpClient client, SocketAddress origin, Duration silenceLimit) {
        RequestOptions options = new RequestOptions().setServer(origin).setIdleTimeout(silenceLimit.toMillis());
        return client.request(options).recover(failure -> Future.failedFuture(new NotConnectedException(failure)));
    }

    private static ProxyResponse answerFor(ProxyContext context, Throwable failure) {
        GatewayError error = errorFor(failure);
        ProxyResponse response = context.request().release().response().setStatusCode(error.status());
        error.putHeaders(response.headers());
        return response.setBody(Body.body(Buffer.buffer(error.body())));
    }

    private static GatewayError errorFor(Throwable failure) {
        if (failure instanceof NotConnectedException) {
            return GatewayError.ORIGIN_AWAY;
        }
        return failure instanceof TimeoutException ? GatewayError.ORIGIN_SILENT : GatewayError.ORIGIN_LOST;
    }

    /** Not one byte of the request has left. */
    private static final class NotConnectedException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        NotConnectedException(Throwable cause) {
            super(cause);
        }
    }
}
