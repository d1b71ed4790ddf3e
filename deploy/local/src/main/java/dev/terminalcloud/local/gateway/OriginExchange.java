package dev.terminalcloud.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * The exchange of one request with its origin: changes the headers of request and answer, sends a request again if its origin had closed the
 * connection, and answers when the origin fails.
 */
record OriginExchange(Optional<Body> body) implements ProxyInterceptor {
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Pattern RAW_BYTE = Pattern.compile("[\\x80-\\xff]");

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        ProxyRequest outgoing = context.request();
        HttpServerRequest incoming = outgoing.proxiedRequest();
        HopByHop.removeFrom(outgoing.headers());
        Forwarded.replaceIn(outgoing.headers(), incoming);
        outgoing.setURI(originForm(incoming));
        outgoing.setBody(body.orElse(null));
        return context.sendRequest()
                .recover(failure -> maySendAgain(context, failure) ? sendAgain(context) : Future.failedFuture(failure))
                .recover(failure -> Future.succeededFuture(answerFor(context, failure)));
    }

    /**
     * Returns whether a failed request may be sent a second time, as nginx does by default: it changes nothing (RFC 9110, section 9.2.2), has no
     * body, and its connection, which had served another request, was lost before an answer.
     */
    private boolean maySendAgain(ProxyContext context, Throwable failure) {
        return SAFE.contains(context.request().getMethod())
                && body.map(Body::length).orElse(0L) == 0L
                && ReusedConnections.isUsedBy(context)
                && (failure instanceof HttpClosedException || failure instanceof IOException);
    }

    /** The body has no bytes: it is left out, since its stream has been read. A {@code Content-Length} of 0 is sent all the same. */
    private static Future<ProxyResponse> sendAgain(ProxyContext context) {
        context.request().setBody(null);
        return context.sendRequest();
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        HopByHop.removeFrom(context.response().headers());
        return context.sendResponse();
    }

    /**
     * Returns the origin form of the request target. A client may send the whole URL in the first line (RFC 9112, section 3.2.2); the
     * origin gets the path that the table of routes was asked for. A byte that the client did not encode arrived as one character; it
     * is encoded here, or it would be sent as several bytes in UTF-8.
     */
    private static String originForm(HttpServerRequest request) {
        String target = request.query() == null ? request.path() : request.path() + "?" + request.query();
        return RAW_BYTE.matcher(target)
                .replaceAll(raw -> "%%%02X".formatted((int) raw.group().charAt(0)));
    }

    private static ProxyResponse answerFor(ProxyContext context, Throwable failure) {
        GatewayError error = errorFor(failure);
        ProxyResponse response = context.request().release().response().setStatusCode(error.status());
        MultiMap headers = response.headers();
        error.putHeaders(headers);
        return response.setBody(Body.body(Buffer.buffer(error.body())));
    }

    private static GatewayError errorFor(Throwable failure) {
        if (failure instanceof NotConnectedException) {
            return GatewayError.ORIGIN_UNAVAILABLE;
        }
        return failure instanceof TimeoutException ? GatewayError.ORIGIN_TIMEOUT : GatewayError.ORIGIN_CONNECTION_LOST;
    }
}
