package dev.terminalcloud.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The replicas of a service, used round-robin. A replica that is not ready comes after the others; one that can't be connected to is
 * skipped, as nothing of the request has been sent then. {@link OriginExchange} decides which request is sent twice.
 */
final class Origins {
    private final Supplier<List<SocketAddress>> current;
    private final HttpClient client;
    private final Predicate<SocketAddress> isUnready;
    private final AtomicInteger turns = new AtomicInteger();

    /** @param current returns the replicas of now; it may return none */
    Origins(Supplier<List<SocketAddress>> current, HttpClient client, Predicate<SocketAddress> isUnready) {
        this.current = current;
        this.client = client;
        this.isUnready = isUnready;
    }

    /**
     * Connects to the next replica in round-robin order, or to one after it, and returns a request with these options; fails with
     * {@link NotConnectedException} if no replica can be connected to.
     */
    Future<HttpClientRequest> connect(RequestOptions options) {
        Iterator<SocketAddress> order = inTheirOrder(turns.getAndIncrement()).iterator();
        return order.hasNext()
                ? connect(options, order)
                : Future.failedFuture(new NotConnectedException("no replica is ready"));
    }

    private List<SocketAddress> inTheirOrder(int turn) {
        List<SocketAddress> replicas = current.get();
        return IntStream.range(0, replicas.size())
                .mapToObj(i -> replicas.get(Math.floorMod(turn + i, replicas.size())))
                .sorted(Comparator.comparing(isUnready::test))
                .toList();
    }

    private Future<HttpClientRequest> connect(RequestOptions options, Iterator<SocketAddress> left) {
        return client.request(new RequestOptions(options).setServer(left.next()))
                .recover(failure -> left.hasNext()
                        ? connect(options, left)
                        : Future.failedFuture(new NotConnectedException(failure)));
    }
}
