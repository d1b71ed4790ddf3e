package dev.terminalcloud.connector.pipeline;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Optional;

/**
 * Filter of accepted network connections, on the thread that accepts them: what exceeds the rate of its address is closed before an event
 * loop of devices, TLS or a buffer has anything to do with it. On a port of proxies, so is what does not come from a trusted one; the rate
 * of a client there is checked when the proxy has named it.
 */
final class ConnectionRateFilter extends ChannelInboundHandlerAdapter {
    private final ConnectionLimits connections;
    private final boolean behindProxy;

    ConnectionRateFilter(ConnectionLimits connections, boolean behindProxy) {
        this.connections = connections;
        this.behindProxy = behindProxy;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Optional<PreConnectCloseReason> refusal =
                message instanceof Channel accepted ? refusal(accepted) : Optional.empty();
        if (refusal.isPresent()) {
            connections.reset((Channel) message, refusal.get());
        } else {
            context.fireChannelRead(message);
        }
    }

    private Optional<PreConnectCloseReason> refusal(Channel accepted) {
        if (behindProxy) {
            return connections.isFromBalancer(accepted)
                    ? Optional.empty()
                    : Optional.of(PreConnectCloseReason.UNTRUSTED_PROXY);
        }
        return connections.isWithinRate(accepted)
                ? Optional.empty()
                : Optional.of(PreConnectCloseReason.TOO_MANY_NEW_OF_ADDRESS);
    }
}
