package dev.terminalcloud.local.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;

/**
 * Closes a connection that has been without a complete head of a request for too long, be it that the client sends nothing, or sends it
 * byte by byte. While a request is being answered nothing is limited here. On the connection's event loop.
 */
final class IdleConnection {
    private final Vertx vertx;
    private final HttpConnection connection;
    private final Duration limit;
    private int requests;
    private long timer;

    private IdleConnection(Vertx vertx, HttpConnection connection, Duration limit) {
        this.vertx = vertx;
        this.connection = connection;
        this.limit = limit;
    }

    static IdleConnection watch(Vertx vertx, HttpConnection connection, Duration limit) {
        IdleConnection watched = new IdleConnection(vertx, connection, limit);
        watched.arm();
        return watched;
    }

    void requestBegins() {
        requests++;
        vertx.cancelTimer(timer);
    }

    void requestEnds() {
        requests--;
        if (requests == 0) {
            arm();
        }
    }

    void closed() {
        vertx.cancelTimer(timer);
    }

    private void arm() {
        timer = vertx.setTimer(limit.toMillis(), late -> connection.close());
    }
}
