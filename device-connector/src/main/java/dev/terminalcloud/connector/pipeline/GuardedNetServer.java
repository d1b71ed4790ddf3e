package dev.terminalcloud.connector.pipeline;

import dev.terminalcloud.connector.config.Limits;
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
 * Vert.x server that guards each connection: a {@link PreConnectGuard} until CONNECT, a {@link StalledWriteHandler} against a
 * peer that does not read. It adds to the pipeline of each connection what vertx-mqtt leaves out: {@link PacketFrameDecoder}
 * and {@link PacketTypeFilter} check the packets, and a {@link WebSocketFrameAggregator} joins messages of several WebSocket
 * frames (RFC 6455, section 5.4); and it removes the extensions of WebSocket, one of which Vert.x needs to be on.
 */
final class GuardedNetServer extends NetServerImpl {
    private static final Logger LOG = Logger.getLogger(GuardedNetServer.class);

    /** The name that Vert.x gives the last handler of each connection. */
    private static final String LAST_HANDLER = "handler";

    /** The names that vertx-mqtt gives its own handlers. */
    private static final String FRAME_DECODER = "ws2bytebufDecoder";

    private static final String PACKET_DECODER = "mqttDecoder";

    private static final String HTTP_DECODER = "httpServerCodec";
    private static final String EXTENSIONS = "webSocketExtensionHandler";

    private final ConnectionLimits connections;
    private final Limits limits;
    private final boolean behindProxy;

    GuardedNetServer(VertxInternal vertx, NetServerOptions options, ConnectionLimits connections, boolean behindProxy) {
        super(vertx, options);
        this.behindProxy = behindProxy;
        this.connections = connections;
        this.limits = connections.limits();
    }

    /** Guards a new connection, before the header of a proxy and the TLS handshake. */
    @Override
    protected BiConsumer<Channel, SslChannelProvider> childHandler(
            ContextInternal context, SocketAddress address, GlobalTrafficShapingHandler trafficShaping) {
        BiConsumer<Channel, SslChannelProvider> configure = super.childHandler(context, address, trafficShaping);
        return (channel, tls) -> {
            PreConnectGuard guard = connections.guard(channel);
            channel.pipeline().addFirst("handshakeBytes", new PreConnectByteLimit(guard, limits.maxHandshakeSize()));
            if (behindProxy) {
                ProxyHeaderHandler.addTo(channel.pipeline(), connections, () -> configure.accept(channel, tls));
            } else {
                configure.accept(channel, tls);
            }
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
            PreConnectGuard guard = channel.attr(PreConnectGuard.KEY).get();
            complete(channel.pipeline(), guard);
            guard.watch(LAST_HANDLER);
        });
    }

    private void complete(ChannelPipeline pipeline, PreConnectGuard guard) {
        PacketTypeFilter packets = new PacketTypeFilter();
        pipeline.addBefore(PACKET_DECODER, null, new PacketFrameDecoder(connections, packets));
        pipeline.addBefore(LAST_HANDLER, null, packets);
        if (pipeline.get(FRAME_DECODER) == null) {
            String first = pipeline.names().get(pipeline.names().indexOf(PACKET_DECODER) - 1);
            pipeline.addBefore(first, null, new PreConnectByteLimit(guard, limits.maxConnectSize()));
        } else {
            completeWebSocket(pipeline, guard);
        }
    }

    /** The bytes of the HTTP request are those of a handshake. */
    private void completeWebSocket(ChannelPipeline pipeline, PreConnectGuard guard) {
        PreConnectByteLimit bytes = new PreConnectByteLimit(guard, limits.maxHandshakeSize());
        pipeline.addBefore(HTTP_DECODER, null, bytes);
        pipeline.addAfter(HTTP_DECODER, null, new OriginFilter(connections));
        pipeline.remove(EXTENSIONS);
        pipeline.addBefore(FRAME_DECODER, null, new WebSocketGuard(bytes, limits.maxConnectSize()));
        pipeline.addBefore(FRAME_DECODER, null, new WebSocketFrameAggregator(limits.maxInboundPacketSize()));
    }
}
