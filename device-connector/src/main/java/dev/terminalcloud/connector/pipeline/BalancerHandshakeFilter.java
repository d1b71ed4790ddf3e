package dev.terminalcloud.connector.pipeline;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * Ends a load balancer's own connection whose TLS handshake fails, without a trace: health checks close theirs before the handshake, or as soon
 * as they know enough. Counted, several each second would hide the failures of devices. The balancer itself reports a check that fails.
 */
final class BalancerHandshakeFilter extends ChannelInboundHandlerAdapter {
    /** The name that Vert.x gives the handler that reports the end of the handshake. */
    private static final String HANDSHAKE_HANDLER = "handshaker";

    private BalancerHandshakeFilter() {}

    /** Adds the filter to a connection with TLS; does nothing without. */
    static void addTo(ChannelPipeline pipeline) {
        if (pipeline.get(HANDSHAKE_HANDLER) != null) {
            pipeline.addBefore(HANDSHAKE_HANDLER, "balancerHandshake", new BalancerHandshakeFilter());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            ChannelFuture unused = context.close();
        } else {
            context.fireUserEventTriggered(event);
        }
    }
}
