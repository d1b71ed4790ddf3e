package dev.terminalcloud.local.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The idle timeout of a connection: closes it when the complete head of a request has not arrived in time, whether the client sends
 * nothing or sends byte by byte. The timeout does not run while a request is being answered, nor after the connection has become a
 * WebSocket. Runs on the connection's event loop.
 */
final class IdleConnection {
    private final Vertx vertx;
    private final HttpConnection connection;
    private final Duration limit;
    private int requests;
    private long timer;
    private boolean closed;

    private IdleConnection(Vertx vertx, HttpConnection connection, Duration limit) {
        this.vertx = vertx;
        this.connection = connection;
        this.limit = limit;
    }

    static IdleConnection watch(Vertx vertx, HttpConnection connection, Duration limit) {
        IdleConnection watched = new IdleConnection(vertx, connection, limit);
        watched.arm();
        connection.closeHandler(closed -> watched.close());
        return watched;
    }

    /**
     * Stops the timeout for a request.
     *
     * @param ended run once, when the answer has been sent or the client has disconnected
     */
    void begin(HttpServerRequest request, Runnable ended) {
        requests++;
        vertx.cancelTimer(timer);
        AtomicBoolean over = new AtomicBoolean();
        Runnable once = () -> {
            if (over.compareAndSet(false, true)) {
                end();
                ended.run();
            }
        };
        request.response().endHandler(sent -> once.run());
        request.response().closeHandler(gone -> once.run());
    }

    private void end() {
        requests--;
        if (requests == 0 && !closed) {
            arm();
        }
    }

    private void close() {
        closed = true;
        vertx.cancelTimer(timer);
    }

    private void arm() {
        timer = vertx.setTimer(limit.toMillis(), late -> connection.close());
    }
}
