package dev.terminalcloud.connector.pipeline;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;

/**
 * Filter of accepted network connections, on the thread that accepts them: what exceeds the rate of its address is closed before an event
 * loop of devices, TLS or a buffer has anything to do with it.
 */
final class ConnectionRateFilter extends ChannelInboundHandlerAdapter {
    private static final int RESET = 0;

    private final ConnectionLimits connections;

    ConnectionRateFilter(ConnectionLimits connections) {
        this.connections = connections;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof Channel accepted) || connections.isWithinRate(accepted)) {
            context.fireChannelRead(message);
            return;
        }
        reset(accepted);
        connections.closed(PreConnectCloseReason.TOO_MANY_NEW_OF_ADDRESS, "from " + accepted.remoteAddress());
    }

    /** A reset costs no handshake, and leaves no socket that waits for late packets (TIME_WAIT) behind. */
    private static void reset(Channel accepted) {
        try {
            accepted.config().setOption(ChannelOption.SO_LINGER, RESET);
        } catch (ChannelException closed) {
            // The client has been faster.
        }
        accepted.unsafe().closeForcibly();
    }
}
