package dev.terminalcloud.local.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Knows which connections have a request that is being answered. For any event loop. */
final class Exchanges {
    private final Vertx vertx;
    private final Duration idleLimit;
    private final Map<HttpConnection, IdleConnection> connections = new ConcurrentHashMap<>();

    Exchanges(Vertx vertx, Duration idleLimit) {
        this.vertx = vertx;
        this.idleLimit = idleLimit;
    }

    void connected(HttpConnection connection) {
        IdleConnection watched = IdleConnection.watch(vertx, connection, idleLimit);
        connections.put(connection, watched);
        connection.closeHandler(closed -> {
            watched.closed();
            connections.remove(connection);
        });
    }

    /**
     * A request is there.
     *
     * @param ended told once, when the answer has been sent or the client has gone
     */
    void begin(HttpServerRequest request, Runnable ended) {
        IdleConnection connection = connections.get(request.connection());
        if (connection != null) {
            connection.requestBegins();
        }
        AtomicBoolean over = new AtomicBoolean();
        Runnable once = () -> {
            if (over.compareAndSet(false, true)) {
                ended.run();
                if (connections.containsKey(request.connection())) {
                    connection.requestEnds();
                }
            }
        };
        request.response().endHandler(sent -> once.run());
        request.response().closeHandler(gone -> once.run());
    }
}
