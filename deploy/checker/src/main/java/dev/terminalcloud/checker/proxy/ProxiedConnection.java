package dev.terminalcloud.checker.proxy;

import dev.terminalcloud.checker.proxy.TcpProxy.LinkState;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.function.Supplier;

/** Two sockets of which each gets what the other sends. Everything happens on one event loop. */
final class ProxiedConnection {
    private final Context context = Vertx.currentContext();
    private final NetSocket client;
    private final NetSocket server;
    private final Supplier<LinkState> condition;
    private final ProxyDirection upstream;
    private final ProxyDirection downstream;

    ProxiedConnection(NetSocket client, NetSocket server, Supplier<LinkState> condition) {
        this.client = client;
        this.server = server;
        this.condition = condition;
        this.upstream = new ProxyDirection(context, client, server, condition, Optional.empty());
        this.downstream = new ProxyDirection(context, server, client, condition, Optional.of(this::close));
    }

    void begin() {
        linkStateChanged();
        upstream.begin();
        downstream.begin();
    }

    void whenClosed(Runnable action) {
        client.closeHandler(closed -> {
            server.close();
            action.run();
        });
        server.closeHandler(closed -> downstream.endAfterLast(client::close));
    }

    void linkStateChanged() {
        context.runOnContext(now -> {
            if (condition.get() instanceof LinkState.Reset) {
                close();
            }
            upstream.resume();
            downstream.resume();
        });
    }

    void blackhole() {
        context.runOnContext(now -> {
            upstream.blackhole();
            downstream.blackhole();
            // The server's end must not be heard of either.
            server.closeHandler(closed -> {});
        });
    }

    private void close() {
        client.close();
        server.close();
    }
}
