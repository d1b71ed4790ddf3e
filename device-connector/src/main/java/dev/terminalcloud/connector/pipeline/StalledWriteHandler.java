package dev.terminalcloud.connector.pipeline;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannelConfig;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose peer does not read: when data is pending and none of it was written for the whole time limit.
 * Vert.x's own close waits until everything is written, so without this handler such a connection would stay until TCP gives
 * up.
 *
 * <p>The handlers of the connection receive a {@link SlowConsumerException} first.
 */
final class StalledWriteHandler extends ChannelOutboundHandlerAdapter {
    private final long limitNanos;
    private int pending;
    private long progressNanos;
    private boolean watching;

    StalledWriteHandler(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (pending == 0) {
            progressNanos = System.nanoTime();
        }
        pending++;
        ChannelFuture unused = context.write(message, promise.unvoid().addListener(done -> written()));
    }

    /** Starts to watch if the socket did not take everything at once. */
    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        if (pending > 0 && !watching) {
            watch(context, limitNanos);
        }
    }

    private void written() {
        pending--;
        progressNanos = System.nanoTime();
    }

    private void watch(ChannelHandlerContext context, long nanos) {
        watching = true;
        ScheduledFuture<?> unused = context.executor().schedule(() -> check(context), nanos, TimeUnit.NANOSECONDS);
    }

    private void check(ChannelHandlerContext context) {
        watching = false;
        if (pending == 0 || !context.channel().isOpen()) {
            return;
        }
        long rest = limitNanos - (System.nanoTime() - progressNanos);
        if (rest > 0) {
            watch(context, rest);
            return;
        }
        if (context.channel().config() instanceof SocketChannelConfig socket) {
            // Otherwise the operating system would keep trying to send what it has, for minutes.
            socket.setSoLinger(0);
        }
        context.fireExceptionCaught(new SlowConsumerException());
        ChannelFuture unused = context.close();
    }
}
