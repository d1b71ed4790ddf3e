package dev.terminalcloud.local.rollout;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A layer-4 load balancer: each new connection goes to the next endpoint, round-robin, and stays there until one side closes it, also when
 * that endpoint is no longer one. Without an endpoint, or if it can't be connected to, the connection is closed.
 */
public final class ConnectionBalancer {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final Supplier<List<SocketAddress>> endpoints;
    private final NetClient client;
    private final NetServer server;
    private final AtomicInteger connections = new AtomicInteger();

    private ConnectionBalancer(Vertx vertx, Supplier<List<SocketAddress>> endpoints) {
        this.endpoints = endpoints;
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout((int) CONNECT_TIMEOUT.toMillis()));
        this.server = vertx.createNetServer().connectHandler(this::connected);
    }

    /**
     * Opens the port; it is closed with {@code vertx}.
     *
     * @param endpoints returns the addresses that new connections go to now
     */
    public static Future<ConnectionBalancer> listen(
            Vertx vertx, String host, int port, Supplier<List<SocketAddress>> endpoints) {
        ConnectionBalancer balancer = new ConnectionBalancer(vertx, endpoints);
        return balancer.server.listen(port, host).map(balancer);
    }

    int port() {
        return server.actualPort();
    }

    private void connected(NetSocket incoming) {
        List<SocketAddress> ready = endpoints.get();
        if (ready.isEmpty()) {
            incoming.close();
            return;
        }
        incoming.pause();
        client.connect(ready.get(Math.floorMod(connections.getAndIncrement(), ready.size())))
                .onFailure(failure -> incoming.close())
                .onSuccess(outgoing -> join(incoming, outgoing));
    }

    /** The end of one side ends the other. */
    private static void join(NetSocket incoming, NetSocket outgoing) {
        incoming.pipeTo(outgoing).onComplete(ended -> outgoing.close());
        outgoing.pipeTo(incoming).onComplete(ended -> incoming.close());
    }
}
