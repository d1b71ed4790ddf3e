package dev.terminalcloud.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * One request's way through: what is changed of it and of its answer, and what is answered when the origin can't.
 *
 * @param body all of it, as it is counted here
 */
record OriginExchange(Buffer body) implements ProxyInterceptor {
    private static final Pattern RAW_BYTE = Pattern.compile("[\\x80-\\xff]");

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        ProxyRequest outgoing = context.request();
        HttpServerRequest incoming = outgoing.proxiedRequest();
        HopByHop.removeFrom(outgoing.headers());
        Forwarded.replaceIn(outgoing.headers(), incoming);
        outgoing.setURI(originForm(incoming));
        boolean announced = incoming.headers().contains("Content-Length");
        outgoing.setBody(body.length() > 0 || announced ? Body.body(body) : null);
        return context.sendRequest().recover(failure -> Future.succeededFuture(answerFor(context, failure)));
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        HopByHop.removeFrom(context.response().headers());
        return context.sendResponse();
    }

    /**
     * A client may name the whole URL in the first line (RFC 9112, section 3.2.2); the origin gets what the table was asked for. What the
     * client did not encode came as a character for each byte, and must not leave as the several bytes of that character.
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
