package dev.terminalcloud.connector.pipeline;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.transport.Transport;
import java.util.concurrent.ThreadFactory;

/**
 * The Vert.x instance that a {@link GuardedNetServer} uses. A server of Vert.x hands each connection to an event loop before any handler
 * sees it; only the transport, which configures the bootstrap, can put a {@link ConnectionRateFilter} in front of that.
 */
final class AcceptFilteringVertx extends VertxWrapper {
    private final Transport transport;

    AcceptFilteringVertx(VertxInternal vertx, ConnectionLimits connections, boolean behindProxy) {
        super(vertx);
        this.transport = new FilteringTransport(vertx.transport(), connections, behindProxy);
    }

    @Override
    public Transport transport() {
        return transport;
    }

    /** Adds the filter to servers; all else is the transport's own. */
    private record FilteringTransport(Transport own, ConnectionLimits connections, boolean behindProxy)
            implements Transport {
        @Override
        public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
            own.configure(options, domainSocket, bootstrap);
            bootstrap.handler(new ConnectionRateFilter(connections, behindProxy));
        }

        @Override
        public boolean supportsDomainSockets() {
            return own.supportsDomainSockets();
        }

        @Override
        public boolean supportFileRegion() {
            return own.supportFileRegion();
        }

        @Override
        public boolean isAvailable() {
            return own.isAvailable();
        }

        @Override
        public Throwable unavailabilityCause() {
            return own.unavailabilityCause();
        }

        @Override
        public java.net.SocketAddress convert(SocketAddress address) {
            return own.convert(address);
        }

        @Override
        public SocketAddress convert(java.net.SocketAddress address) {
            return own.convert(address);
        }

        @Override
        public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory threadFactory, int ioRatio) {
            return own.eventLoopGroup(type, threads, threadFactory, ioRatio);
        }

        @Override
        public DatagramChannel datagramChannel() {
            return own.datagramChannel();
        }

        @Override
        public DatagramChannel datagramChannel(InternetProtocolFamily family) {
            return own.datagramChannel(family);
        }

        @Override
        public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
            return own.channelFactory(domainSocket);
        }

        @Override
        public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
            return own.serverChannelFactory(domainSocket);
        }

        @Override
        public void configure(DatagramChannel channel, DatagramSocketOptions options) {
            own.configure(channel, options);
        }

        @Override
        public void configure(ClientOptionsBase options, boolean domainSocket, io.netty.bootstrap.Bootstrap bootstrap) {
            own.configure(options, domainSocket, bootstrap);
        }
    }
}
