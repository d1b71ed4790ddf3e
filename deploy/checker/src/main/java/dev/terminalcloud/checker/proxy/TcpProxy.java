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
 * A proxy between one process and one server, which can reset connections and delay, stall or drop their bytes. Thread-safe.
 *
 * @see TcpProxies
 */
final class TcpProxy {
    private static final String LOOPBACK = "127.0.0.1";

    private final NetClient client;
    private final NetServer server;
    private final int target;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile LinkState state = LinkState.HEALTHY;

    private TcpProxy(Vertx vertx, int target) {
        this.target = target;
        // Without lingering a close is a reset, as if the network reported the server as unreachable.
        this.client = vertx.createNetClient(
                new NetClientOptions().setSoLinger(0).setTcpNoDelay(true).setConnectTimeout(5_000));
        this.server = vertx.createNetServer(
                new NetServerOptions().setSoLinger(0).setTcpNoDelay(true).setHost(LOOPBACK));
    }

    /** Listens on a port of this machine, and forwards to another port. */
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

    /** Changes the state, also of existing connections. */
    void setState(LinkState changed) {
        state = changed;
        connections.forEach(ProxiedConnection::linkStateChanged);
    }

    /** Drops all bytes on the existing connections for ever, and neither end sees an error; new connections work. */
    void blackholeConnections() {
        connections.forEach(ProxiedConnection::blackhole);
    }

    private void connect(NetSocket caller) {
        if (state instanceof LinkState.Reset) {
            caller.close();
            return;
        }
        caller.pause();
        client.connect(target, LOOPBACK).onFailure(refused -> caller.close()).onSuccess(callee -> join(caller, callee));
    }

    private void join(NetSocket caller, NetSocket callee) {
        ProxiedConnection connection = new ProxiedConnection(caller, callee, () -> state);
        connections.add(connection);
        connection.whenClosed(() -> connections.remove(connection));
        connection.begin();
    }

    /** The state of the link between process and server. */
    sealed interface LinkState {
        LinkState HEALTHY = new Healthy();

        record Healthy() implements LinkState {}

        /** Connections are reset, and so are new ones. */
        record Reset() implements LinkState {}

        /** No bytes arrive until the state changes; then all of them do. */
        record Stalled() implements LinkState {}

        /** All bytes arrive later by this delay. */
        record Delayed(Duration delay) implements LinkState {}

        /** A connection is reset as soon as the database confirms a commit on it. */
        record ResetsOnCommit() implements LinkState {}
    }
}
