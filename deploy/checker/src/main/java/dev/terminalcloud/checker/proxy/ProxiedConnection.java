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
    private final NetSocket caller;
    private final NetSocket callee;
    private final Supplier<LinkState> condition;
    private final ProxyDirection there;
    private final ProxyDirection back;

    ProxiedConnection(NetSocket caller, NetSocket callee, Supplier<LinkState> condition) {
        this.caller = caller;
        this.callee = callee;
        this.condition = condition;
        this.there = new ProxyDirection(context, caller, callee, condition, Optional.empty());
        this.back = new ProxyDirection(context, callee, caller, condition, Optional.of(this::close));
    }

    void begin() {
        conditionHasChanged();
        there.begin();
        back.begin();
    }

    void whenClosed(Runnable action) {
        caller.closeHandler(closed -> {
            callee.close();
            action.run();
        });
        callee.closeHandler(closed -> back.endAfterLast(caller::close));
    }

    void conditionHasChanged() {
        context.runOnContext(now -> {
            if (condition.get() instanceof LinkState.Reset) {
                close();
            }
            there.goOn();
            back.goOn();
        });
    }

    void forget() {
        context.runOnContext(now -> {
            there.forget();
            back.forget();
            // The server's end must not be heard of either.
            callee.closeHandler(closed -> {});
        });
    }

    private void close() {
        caller.close();
        callee.close();
    }
}
