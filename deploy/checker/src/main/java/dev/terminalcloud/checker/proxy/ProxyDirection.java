package dev.terminalcloud.checker.proxy;

import dev.terminalcloud.checker.proxy.TcpProxy.LinkState;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One direction of a proxied connection: forwards the bytes of one socket to the other, in order. For one event loop. */
final class ProxyDirection {
    /** PostgreSQL's CommandComplete. */
    private static final String COMMITTED = "C\0\0\0\13COMMIT\0";

    private record Chunk(Buffer content, long dueNanos) {}

    private final Context context;
    private final NetSocket from;
    private final NetSocket to;
    private final Supplier<LinkState> state;
    private final Optional<Runnable> onCommit;
    private final Queue<Chunk> pending = new ArrayDeque<>();
    private boolean isBlackholed;
    private Runnable afterLast = () -> {};

    /** @param onCommit closes the connection; empty if the bytes do not come from the database */
    ProxyDirection(
            Context context, NetSocket from, NetSocket to, Supplier<LinkState> state, Optional<Runnable> onCommit) {
        this.context = context;
        this.from = from;
        this.to = to;
        this.state = state;
        this.onCommit = onCommit;
    }

    void begin() {
        from.handler(this::received);
        from.resume();
    }

    /** Forwards pending bytes after the state has changed. */
    void resume() {
        if (!(state.get() instanceof LinkState.Stalled)) {
            deliver();
        }
    }

    void blackhole() {
        isBlackholed = true;
        pending.clear();
    }

    /** Runs the action after all pending bytes have been forwarded. */
    void endAfterLast(Runnable end) {
        afterLast = end;
        if (!isBlackholed) {
            deliver();
        }
    }

    private void received(Buffer content) {
        if (isBlackholed) {
            return;
        }
        LinkState now = state.get();
        if (now instanceof LinkState.ResetsOnCommit && onCommit.isPresent() && endsWith(content, COMMITTED)) {
            onCommit.get().run();
            return;
        }
        long delay = now instanceof LinkState.Delayed slow ? slow.delay().toNanos() : 0;
        pending.add(new Chunk(content, System.nanoTime() + delay));
        deliver();
    }

    private void deliver() {
        if (state.get() instanceof LinkState.Stalled) {
            return;
        }
        while (!pending.isEmpty()) {
            long wait = pending.element().dueNanos() - System.nanoTime();
            if (wait > 0) {
                context.owner()
                        .setTimer(
                                Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait)),
                                due -> context.runOnContext(now -> deliver()));
                return;
            }
            to.write(pending.remove().content());
        }
        afterLast.run();
    }

    private static boolean endsWith(Buffer content, String words) {
        return content.toString(StandardCharsets.ISO_8859_1).contains(words);
    }
}
