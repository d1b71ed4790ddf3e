package dev.terminalcloud.connector.pipeline;

import dev.terminalcloud.connector.ConnectorConfiguration.Limits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.traffic.GlobalTrafficShapingHandler;
import io.vertx.core.Handler;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetSocketInternal;
import io.vertx.core.net.impl.SslChannelProvider;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/**
 * Vert.x server that limits how long a peer may hold a connection without CONNECT, and without reading, and that adds to the
 * pipeline of each connection what vertx-mqtt leaves out: {@link PacketFrameDecoder} and {@link PacketTypeFilter} check the
 * packets, and a {@link WebSocketFrameAggregator} joins messages of several WebSocket frames (RFC 6455, section 5.4).
 */
final class GuardedNetServer extends NetServerImpl {
    private static final Logger LOG = Logger.getLogger(GuardedNetServer.class);

    /** The name that Vert.x gives the last handler of each connection. */
    private static final String LAST_HANDLER = "handler";

    /** The names that vertx-mqtt gives its own handlers. */
    private static final String FRAME_DECODER = "ws2bytebufDecoder";

    private static final String PACKET_DECODER = "mqttDecoder";

    private final Limits limits;
    private final BiConsumer<PreConnectCloseReason, String> closeListener;

    GuardedNetServer(
            VertxInternal vertx,
            NetServerOptions options,
            Limits limits,
            BiConsumer<PreConnectCloseReason, String> closeListener) {
        super(vertx, options);
        this.limits = limits;
        this.closeListener = closeListener;
    }

    /** Starts the connect timeout of a new connection, before the TLS handshake. */
    @Override
    protected BiConsumer<Channel, SslChannelProvider> childHandler(
            ContextInternal context, SocketAddress address, GlobalTrafficShapingHandler trafficShaping) {
        BiConsumer<Channel, SslChannelProvider> configure = super.childHandler(context, address, trafficShaping);
        return (channel, tls) -> {
            ConnectTimeoutHandler.begin(channel, limits.connectTimeout(), () -> connectMissing(channel));
            configure.accept(channel, tls);
        };
    }

    /** Adds the write timeout, after the TLS handshake. */
    @Override
    protected void initChannel(ChannelPipeline pipeline, boolean tls) {
        super.initChannel(pipeline, tls);
        pipeline.addLast("stalledWrites", new StalledWriteHandler(limits.writeTimeout()));
    }

    @Override
    public synchronized NetServer connectHandler(Handler<NetSocket> handler) {
        return super.connectHandler(socket -> {
            socket.exceptionHandler(failure -> LOG.debug("Connection failed before CONNECT", failure));
            handler.handle(socket);
            Channel channel =
                    ((NetSocketInternal) socket).channelHandlerContext().channel();
            complete(channel.pipeline());
            ConnectTimeoutHandler.watch(channel, LAST_HANDLER);
        });
    }

    private void complete(ChannelPipeline pipeline) {
        if (pipeline.get(FRAME_DECODER) != null) {
            pipeline.addBefore(FRAME_DECODER, null, new WebSocketFrameAggregator(limits.maxInboundPacketSize()));
        }
        PacketTypeFilter packets = new PacketTypeFilter();
        pipeline.addBefore(
                PACKET_DECODER, null, new PacketFrameDecoder(limits.maxInboundPacketSize(), packets, closeListener));
        pipeline.addBefore(LAST_HANDLER, null, packets);
    }

    private void connectMissing(Channel channel) {
        closeListener.accept(PreConnectCloseReason.CONNECT_TIMEOUT, "from " + channel.remoteAddress());
    }
}
