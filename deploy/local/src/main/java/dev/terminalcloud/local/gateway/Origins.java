package dev.terminalcloud.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The replicas of a service, which take turns. One that can't be connected to is passed over: nothing of the request has left then. A
 * request of which a byte may have left is never given to another.
 */
final class Origins {
    private final List<SocketAddress> replicas;
    private final HttpClient client;
    private final AtomicInteger turns = new AtomicInteger();

    Origins(List<SocketAddress> replicas, HttpClient client) {
        this.replicas = replicas;
        this.client = client;
    }

    /**
     * A request with these options to the replica whose turn it is, or the next; fails with {@link NotConnectedException} if none can be
     * connected to.
     */
    Future<HttpClientRequest> connect(RequestOptions options) {
        return connect(options, turns.getAndIncrement(), replicas.size());
    }

    private Future<HttpClientRequest> connect(RequestOptions options, int turn, int left) {
        SocketAddress replica = replicas.get(Math.floorMod(turn, replicas.size()));
        return client.request(new RequestOptions(options).setServer(replica))
                .recover(failure -> left > 1
                        ? connect(options, turn + 1, left - 1)
                        : Future.failedFuture(new NotConnectedException(failure)));
    }
}
