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

/** What goes from one socket to the other, in its order. For one event loop. */
final class ProxyDirection {
    /** PostgreSQL's CommandComplete. */
    private static final String COMMITTED = "C\0\0\0\13COMMIT\0";

    private record Parcel(Buffer content, long dueNanos) {}

    private final Context context;
    private final NetSocket from;
    private final NetSocket to;
    private final Supplier<LinkState> condition;
    private final Optional<Runnable> onCommit;
    private final Queue<Parcel> underWay = new ArrayDeque<>();
    private boolean isForgotten;
    private Runnable afterLast = () -> {};

    /** @param onCommit ends the connection; empty where no database speaks */
    ProxyDirection(
            Context context, NetSocket from, NetSocket to, Supplier<LinkState> condition, Optional<Runnable> onCommit) {
        this.context = context;
        this.from = from;
        this.to = to;
        this.condition = condition;
        this.onCommit = onCommit;
    }

    void begin() {
        from.handler(this::received);
        from.resume();
    }

    /** The condition is another. */
    void resume() {
        if (!(condition.get() instanceof LinkState.Stalled)) {
            deliver();
        }
    }

    void blackhole() {
        isForgotten = true;
        underWay.clear();
    }

    /** What is under way arrives before. */
    void endAfterLast(Runnable end) {
        afterLast = end;
        if (!isForgotten) {
            deliver();
        }
    }

    private void received(Buffer content) {
        if (isForgotten) {
            return;
        }
        LinkState now = condition.get();
        if (now instanceof LinkState.ResetsOnCommit && onCommit.isPresent() && endsWith(content, COMMITTED)) {
            onCommit.get().run();
            return;
        }
        long delay = now instanceof LinkState.Delayed slow ? slow.delay().toNanos() : 0;
        underWay.add(new Parcel(content, System.nanoTime() + delay));
        deliver();
    }

    private void deliver() {
        if (condition.get() instanceof LinkState.Stalled) {
            return;
        }
        while (!underWay.isEmpty()) {
            long wait = underWay.element().dueNanos() - System.nanoTime();
            if (wait > 0) {
                context.owner()
                        .setTimer(
                                Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait)),
                                due -> context.runOnContext(now -> deliver()));
                return;
            }
            to.write(underWay.remove().content());
        }
        afterLast.run();
    }

    private static boolean endsWith(Buffer content, String words) {
        return content.toString(StandardCharsets.ISO_8859_1).contains(words);
    }
}
