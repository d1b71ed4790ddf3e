package dev.terminalcloud.local.gateway;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** The two things that Vert.x does not offer in its public API, and without which it would answer with an empty body. */
final class Http1Connection {
    private Http1Connection() {}

    /** Takes requests of any HTTP version: Vert.x itself answers those that it does not know. */
    static void takeAnyVersion(HttpConnection connection, Handler<HttpServerRequest> handler) {
        ((HttpServerConnection) connection).handler(handler);
    }

    /** Sends what was written while bytes are being read that can't be understood: Vert.x closes right after, and would drop it. */
    static void flush(HttpConnection connection) {
        ((ConnectionBase) connection).channel().flush();
    }
}
