package dev.terminalcloud.local.gateway;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** Access to two internals of Vert.x, without which it would answer some invalid requests with an empty body. */
final class Http1Connection {
    private Http1Connection() {}

    /** Handles requests of any HTTP version: Vert.x itself would answer those of an unknown version. */
    static void takeAnyVersion(HttpConnection connection, Handler<HttpServerRequest> handler) {
        ((HttpServerConnection) connection).handler(handler);
    }

    /** Sends an answer that was written while malformed bytes are read: Vert.x closes right after, and would drop it. */
    static void flush(HttpConnection connection) {
        ((ConnectionBase) connection).channel().flush();
    }
}
