package dev.terminalcloud.connector.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Limit of the bytes that may come before CONNECT is complete: what comes beside it in one read does not count, the
 * handlers after this one have seen CONNECT by then.
 */
final class PreConnectByteLimit extends ChannelInboundHandlerAdapter {
    private final PreConnectGuard guard;
    private long remaining;

    PreConnectByteLimit(PreConnectGuard guard, int maxBytes) {
        this.guard = guard;
        this.remaining = maxBytes;
    }

    /** Starts the count again, after a handshake. */
    void restart(int maxBytes) {
        remaining = maxBytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            remaining -= bytes.readableBytes();
        }
        context.fireChannelRead(message);
        if (context.isRemoved()) {
            return;
        }
        if (guard.isConnected()) {
            context.pipeline().remove(this);
        } else if (remaining < 0) {
            guard.close(PreConnectCloseReason.TOO_MANY_BYTES);
        }
    }
}
