package dev.terminalcloud.connector.guard;

import dev.terminalcloud.connector.ConnectorConfiguration.Limits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
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

/** A server of Vert.x that bounds how long a peer may hold a connection without CONNECT, and without reading. */
final class GuardedNetServer extends NetServerImpl {
    /** The name that Vert.x gives the last handler of each connection. */
    private static final String LAST_HANDLER = "handler";

    private final Limits limits;
    private final BiConsumer<UnacceptedEnd, String> ends;

    GuardedNetServer(
            VertxInternal vertx, NetServerOptions options, Limits limits, BiConsumer<UnacceptedEnd, String> ends) {
        super(vertx, options);
        this.limits = limits;
        this.ends = ends;
    }

    /** What happens first on a new connection, before the handshake of TLS. */
    @Override
    protected BiConsumer<Channel, SslChannelProvider> childHandler(
            ContextInternal context, SocketAddress address, GlobalTrafficShapingHandler trafficShaping) {
        BiConsumer<Channel, SslChannelProvider> configure = super.childHandler(context, address, trafficShaping);
        return (channel, tls) -> {
            ConnectDeadline.begin(channel, limits.timeToConnect(), () -> connectMissing(channel));
            configure.accept(channel, tls);
        };
    }

    /** After the handshake of TLS. */
    @Override
    protected void initChannel(ChannelPipeline pipeline, boolean tls) {
        super.initChannel(pipeline, tls);
        pipeline.addLast("stalledWrites", new StalledWrites(limits.timeToRead()));
    }

    @Override
    public synchronized NetServer connectHandler(Handler<NetSocket> handler) {
        return super.connectHandler(socket -> {
            handler.handle(socket);
            ConnectDeadline.watch(
                    ((NetSocketInternal) socket).channelHandlerContext().channel(), LAST_HANDLER);
        });
    }

    private void connectMissing(Channel channel) {
        ends.accept(UnacceptedEnd.CONNECT_MISSING, "from " + channel.remoteAddress());
    }
}
