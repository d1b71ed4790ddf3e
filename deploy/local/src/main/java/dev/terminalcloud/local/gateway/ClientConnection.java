package dev.terminalcloud.local.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * The connection of a client, with its idle timeout and the requests that are being answered on it. Runs on its event loop.
 *
 * <p>The timeout closes the connection when the complete head of a request has not arrived in time, whether the client sends nothing or
 * sends byte by byte. It does not run while a request is being answered, nor after the connection has become a WebSocket.
 *
 * <p>When the connection closes, each of its requests has ended. The handlers of a response do not report that reliably: one that fails
 * to be written is closed without a call of its close handler.
 */
final class ClientConnection {
    private final Vertx vertx;
    private final HttpConnection connection;
    private final Duration limit;
    private final Set<Runnable> requests = new HashSet<>();
    private final Set<Runnable> closeActions = new HashSet<>();
    private boolean closed;
    private long timer;

    private ClientConnection(Vertx vertx, HttpConnection connection, Duration limit) {
        this.vertx = vertx;
        this.connection = connection;
        this.limit = limit;
    }

    static ClientConnection watch(Vertx vertx, HttpConnection connection, Duration limit) {
        ClientConnection watched = new ClientConnection(vertx, connection, limit);
        watched.arm();
        connection.closeHandler(gone -> watched.close());
        return watched;
    }

    /**
     * Runs an action when the client has disconnected, or only finished sending, which Netty does not distinguish; at once if it has.
     *
     * @return drops the action: what has ended must not be touched when the connection closes later
     */
    Runnable onClose(Runnable action) {
        if (closed) {
            action.run();
            return () -> {};
        }
        closeActions.add(action);
        return () -> closeActions.remove(action);
    }

    /**
     * Stops the timeout for a request.
     *
     * @param ended run once, when the answer has been sent or the client has disconnected
     */
    void begin(HttpServerRequest request, Runnable ended) {
        vertx.cancelTimer(timer);
        Runnable single = new Runnable() {
            @Override
            public void run() {
                if (requests.remove(this)) {
                    ended.run();
                    armIfIdle();
                }
            }
        };
        requests.add(single);
        request.response().endHandler(sent -> single.run());
        request.response().closeHandler(gone -> single.run());
    }

    private void armIfIdle() {
        if (requests.isEmpty() && !closed) {
            arm();
        }
    }

    private void close() {
        vertx.cancelTimer(timer);
        closed = true;
        Set.copyOf(closeActions).forEach(Runnable::run);
        closeActions.clear();
        Set.copyOf(requests).forEach(Runnable::run);
    }

    private void arm() {
        timer = vertx.setTimer(limit.toMillis(), late -> connection.close());
    }
}
