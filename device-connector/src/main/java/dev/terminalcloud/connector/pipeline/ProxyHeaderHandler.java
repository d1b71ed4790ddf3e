package dev.terminalcloud.connector.pipeline;

import dev.terminalcloud.network.IpLiteral;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Reads the header of the PROXY protocol, version 2, with which a load balancer names the client of a connection, before TLS or anything
 * else has to do with the connection. From then on the client's address counts: in the limits of new and of unaccepted connections, and
 * for all that comes after.
 *
 * <p>A balancer's own connection ({@code LOCAL}) keeps the balancer's address, and may {@linkplain BalancerHandshakeFilter end before TLS}. A
 * connection that begins with anything else is closed, also one of a client that the balancer does not name ({@code UNSPEC}): it would have no
 * limits. Version 1 is refused: its text says nothing that version 2 does not.
 */
final class ProxyHeaderHandler extends SimpleChannelInboundHandler<HAProxyMessage> {
    /** A TCP segment of this size always arrives whole, so senders keep to it (PROXY protocol, section 2). */
    private static final int MAX_SIZE = 536;

    private static final int MIN_SIZE = 16;

    /** The longest addresses, those of Unix sockets: Netty adds them to the maximum size of extensions. */
    private static final int NETTY_ADDRESS_SIZE = 216;

    private final ConnectionLimits connections;
    private final Runnable onHeader;

    private ProxyHeaderHandler(ConnectionLimits connections, Runnable onHeader) {
        this.connections = connections;
        this.onHeader = onHeader;
    }

    /** @param onHeader adds the handlers of the connection when the header has been read; it does not run without one */
    static void addTo(ChannelPipeline pipeline, ConnectionLimits connections, Runnable onHeader) {
        pipeline.addLast("proxySignature", new ProxySignatureFilter());
        pipeline.addLast("proxyHeaderDecoder", new HAProxyMessageDecoder(MAX_SIZE - MIN_SIZE - NETTY_ADDRESS_SIZE));
        pipeline.addLast("proxyHeader", new ProxyHeaderHandler(connections, onHeader));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HAProxyMessage header) {
        if (header.command() == HAProxyCommand.LOCAL) {
            proceed(context);
            BalancerHandshakeFilter.addTo(context.pipeline());
        } else {
            Optional<InetSocketAddress> client = client(header);
            if (client.isEmpty()) {
                refuse(context, "protocol " + header.proxiedProtocol());
            } else if (connections.accepts(context.channel(), client.get())) {
                proceed(context);
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (failure instanceof HAProxyProtocolException) {
            refuse(context, failure.getMessage());
        } else {
            ChannelFuture unused = context.close();
        }
    }

    private static Optional<InetSocketAddress> client(HAProxyMessage header) {
        return switch (header.proxiedProtocol()) {
            case TCP4, TCP6 ->
                IpLiteral.parse(header.sourceAddress())
                        .map(address -> new InetSocketAddress(address, header.sourcePort()));
            case UDP4, UDP6, UNIX_STREAM, UNIX_DGRAM, UNKNOWN -> Optional.empty();
        };
    }

    private void proceed(ChannelHandlerContext context) {
        onHeader.run();
        context.pipeline().remove(this);
    }

    private void refuse(ChannelHandlerContext context, String detail) {
        connections.closed(
                PreConnectCloseReason.PROXY_HEADER_INVALID,
                "from %s: %s".formatted(PeerAddress.text(context.channel()), detail));
        ChannelFuture unused = context.close();
    }
}
