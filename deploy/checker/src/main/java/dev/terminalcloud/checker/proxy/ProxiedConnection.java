package dev.terminalcloud.checker.proxy;

import dev.terminalcloud.checker.proxy.TcpProxy.LinkState;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.function.Supplier;

/** A connection from a client to a server through the proxy: each socket receives the bytes of the other. For one event loop. */
final class ProxiedConnection {
    private final Context context = Vertx.currentContext();
    private final NetSocket client;
    private final NetSocket server;
    private final Supplier<LinkState> state;
    private final ProxyDirection upstream;
    private final ProxyDirection downstream;

    ProxiedConnection(NetSocket client, NetSocket server, Supplier<LinkState> state) {
        this.client = client;
        this.server = server;
        this.state = state;
        this.upstream = new ProxyDirection(context, client, server, state, Optional.empty());
        this.downstream = new ProxyDirection(context, server, client, state, Optional.of(this::close));
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
            if (state.get() instanceof LinkState.Reset) {
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
            // The client must not see that the server closes its socket.
            server.closeHandler(closed -> {});
        });
    }

    private void close() {
        client.close();
        server.close();
    }
}
