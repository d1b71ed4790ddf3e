package dev.terminalcloud.checker.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way of one process to one server, which can be cut, and on which what is sent can be held up or lost. Thread-safe.
 *
 * @see TcpProxies
 */
final class TcpProxy {
    private static final String LOOPBACK = "127.0.0.1";

    private final NetClient client;
    private final NetServer server;
    private final int target;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile LinkState condition = LinkState.FINE;

    private TcpProxy(Vertx vertx, int target) {
        this.target = target;
        // Without lingering a close is a reset, as of a network that says that there is no way.
        this.client = vertx.createNetClient(
                new NetClientOptions().setSoLinger(0).setTcpNoDelay(true).setConnectTimeout(5_000));
        this.server = vertx.createNetServer(
                new NetServerOptions().setSoLinger(0).setTcpNoDelay(true).setHost(LOOPBACK));
    }

    /** Listens at a port of this machine, and leads to another. */
    static TcpProxy open(Vertx vertx, int port, int target) {
        TcpProxy proxy = new TcpProxy(vertx, target);
        proxy.server
                .connectHandler(proxy::connect)
                .listen(port)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return proxy;
    }

    /** From now on: also of connections that are there already. */
    void setState(LinkState changed) {
        condition = changed;
        connections.forEach(ProxiedConnection::linkStateChanged);
    }

    /** Nothing arrives any more on the connections that are there now, and neither end is told; new ones work. */
    void blackholeConnections() {
        connections.forEach(ProxiedConnection::blackhole);
    }

    private void connect(NetSocket caller) {
        if (condition instanceof LinkState.Reset) {
            caller.close();
            return;
        }
        caller.pause();
        client.connect(target, LOOPBACK).onFailure(refused -> caller.close()).onSuccess(callee -> join(caller, callee));
    }

    private void join(NetSocket caller, NetSocket callee) {
        ProxiedConnection connection = new ProxiedConnection(caller, callee, () -> condition);
        connections.add(connection);
        connection.whenClosed(() -> connections.remove(connection));
        connection.begin();
    }

    /** In what condition a wire is. */
    sealed interface LinkState {
        LinkState FINE = new Healthy();

        record Healthy() implements LinkState {}

        /** Connections are reset, and so are new ones. */
        record Reset() implements LinkState {}

        /** Nothing arrives; what was sent arrives when the condition is another. */
        record Stalled() implements LinkState {}

        /** Everything arrives so much later. */
        record Delayed(Duration delay) implements LinkState {}

        /** A connection is reset in the moment in which the database says on it that a transaction is committed. */
        record ResetsOnCommit() implements LinkState {}
    }
}
