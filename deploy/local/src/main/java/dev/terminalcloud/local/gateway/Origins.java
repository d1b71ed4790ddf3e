package dev.terminalcloud.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The replicas of a service, which take turns. One that can't be connected to is passed over: nothing of the request has left then. A
 * request of which a byte may have left is never given to another.
 */
final class Origins {
    private final List<SocketAddress> replicas;
    private final HttpClient client;
    private final Duration silenceLimit;
    private final AtomicInteger turns = new AtomicInteger();

    Origins(List<SocketAddress> replicas, HttpClient client, Duration silenceLimit) {
        this.replicas = replicas;
        this.client = client;
        this.silenceLimit = silenceLimit;
    }

    /** A connection to the replica whose turn it is, or the next; fails with {@link NotConnectedException} if there is none. */
    Future<HttpClientRequest> connect() {
        return connect(turns.getAndIncrement(), replicas.size());
    }

    private Future<HttpClientRequest> connect(int turn, int left) {
        SocketAddress replica = replicas.get(Math.floorMod(turn, replicas.size()));
        RequestOptions options = new RequestOptions().setServer(replica).setIdleTimeout(silenceLimit.toMillis());
        return client.request(options)
                .recover(failure -> left > 1
                        ? connect(turn + 1, left - 1)
                        : Future.failedFuture(new NotConnectedException(failure)));
    }
}
