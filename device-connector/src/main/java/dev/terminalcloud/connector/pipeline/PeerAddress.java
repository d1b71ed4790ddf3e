package dev.terminalcloud.connector.pipeline;

import io.netty.channel.Channel;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The client at the other end of a connection: the one that a proxy named for it, else the peer. */
final class PeerAddress {
    private PeerAddress() {}

    /** Names the client of a connection, for all that asks for its address from now on, Vert.x included. */
    static void set(Channel channel, InetSocketAddress client) {
        channel.attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE)
                .set(SocketAddress.inetSocketAddress(
                        client.getPort(), client.getAddress().getHostAddress()));
    }

    /** Returns the peer's own address, whatever it named; empty on a connection without IP addresses. */
    static Optional<InetAddress> ofPeer(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress peer
                ? Optional.of(peer.getAddress())
                : Optional.empty();
    }

    /** Returns the address of the client with its port, for logs. */
    static String text(Channel channel) {
        SocketAddress named =
                channel.attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE).get();
        return String.valueOf(named == null ? channel.remoteAddress() : named);
    }
}
