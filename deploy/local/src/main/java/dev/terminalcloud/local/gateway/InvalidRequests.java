package dev.terminalcloud.local.gateway;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * Handler of requests that are not HTTP or exceed its limits: answers and then closes the connection. It closes it a moment after the
 * answer: the client may still be sending, and closing a connection with unread bytes resets it, which can lose the answer.
 */
record InvalidRequests(Vertx vertx) implements Handler<HttpServerRequest> {
    private static final Duration LINGER = Duration.ofSeconds(1);

    @Override
    public void handle(HttpServerRequest request) {
        GatewayError error = errorFor(request.decoderResult().cause());
        HttpServerResponse response = request.response().setStatusCode(error.status());
        error.putHeaders(response.headers());
        response.putHeader("Connection", "close")
                .putHeader("Content-Length", Integer.toString(error.body().length()))
                .write(error.body());
        vertx.setTimer(LINGER.toMillis(), late -> response.end());
    }

    private static GatewayError errorFor(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return GatewayError.REQUEST_LINE_TOO_LONG;
        }
        return cause instanceof TooLongHttpHeaderException ? GatewayError.HEADERS_TOO_LARGE : GatewayError.MALFORMED;
    }
}
