package dev.terminalcloud.connector.pipeline;

import dev.terminalcloud.connector.budget.Allowance;
import dev.terminalcloud.connector.config.BudgetLimits;
import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.config.Limits;
import dev.terminalcloud.network.ClientAddress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The limits of all network connections of this connector, and its connections without CONNECT. Thread-safe. */
public final class ConnectionLimits {
    private static final int RESET = 0;

    private final Limits limits;
    private final BudgetLimits budgets;
    private final AllowedOrigins origins;
    private final Function<InetAddress, Optional<ClientAddress>> addresses;
    private final Predicate<InetAddress> balancers;
    private final Predicate<InetAddress> rateLimit;
    private final BiConsumer<PreConnectCloseReason, String> closeListener;
    private final UnacceptedConnections<Channel, ClientAddress> unaccepted;

    /**
     * Creates the limits of a connector.
     *
     * @param addresses returns the client at the other end of a connection; empty if that stands for unrelated clients
     * @param balancers returns whether the address may send headers of the PROXY protocol
     * @param rateLimit counts a new connection of the address, and returns whether it may have one more now
     * @param closeListener receives why a connection ended before it was authenticated, and the details; on any thread
     */
    public ConnectionLimits(
            ConnectorConfiguration configuration,
            Function<InetAddress, Optional<ClientAddress>> addresses,
            Predicate<InetAddress> balancers,
            Predicate<InetAddress> rateLimit,
            BiConsumer<PreConnectCloseReason, String> closeListener) {
        this.limits = configuration.limits();
        this.budgets = configuration.budgets();
        this.origins =
                new AllowedOrigins(configuration.webSocket().allowedOrigins().orElseGet(List::of));
        this.addresses = addresses;
        this.balancers = balancers;
        this.rateLimit = rateLimit;
        this.closeListener = closeListener;
        this.unaccepted = new UnacceptedConnections<>(
                limits.maxUnacceptedConnections(), limits.maxUnacceptedConnectionsPerAddress());
    }

    /** Returns the number of connections on which no CONNECT has come yet. */
    public int unacceptedConnections() {
        return unaccepted.size();
    }

    Limits limits() {
        return limits;
    }

    AllowedOrigins origins() {
        return origins;
    }

    /** Records that a connection ended before it was authenticated. */
    void closed(PreConnectCloseReason reason, String detail) {
        closeListener.accept(reason, detail);
    }

    Allowance newByteBudget() {
        return new Allowance(budgets.maxBytesPerSecond(), budgets.maxByteBurst(), System.nanoTime());
    }

    /** Returns whether an accepted connection is within the rate of its address, and counts it if it is. */
    boolean isWithinRate(Channel accepted) {
        return PeerAddress.ofPeer(accepted).filter(rateLimit.negate()).isEmpty();
    }

    /** Returns whether the peer of an accepted connection is a load balancer that may name the client with the PROXY protocol. */
    boolean isFromBalancer(Channel accepted) {
        return PeerAddress.ofPeer(accepted).filter(balancers).isPresent();
    }

    /**
     * Counts a connection for the client that a proxy names, as if it had come from there: returns false, and resets the connection, if
     * that client has opened too many, and closes its oldest if too many of them are unaccepted. On the connection's event loop.
     */
    boolean accepts(Channel channel, InetSocketAddress client) {
        PeerAddress.set(channel, client);
        if (!rateLimit.test(client.getAddress())) {
            reset(channel, PreConnectCloseReason.TOO_MANY_NEW_OF_ADDRESS);
            return false;
        }
        unaccepted.identify(channel, addresses.apply(client.getAddress())).ifPresent(ConnectionLimits::close);
        return true;
    }

    /** Resets a connection: that costs no handshake, and leaves no socket that waits for late packets (TIME_WAIT) behind. */
    void reset(Channel accepted, PreConnectCloseReason reason) {
        closed(reason, "from " + PeerAddress.text(accepted));
        try {
            accepted.config().setOption(ChannelOption.SO_LINGER, RESET);
        } catch (ChannelException closed) {
            // The client has been faster.
        }
        if (accepted.isRegistered()) {
            ChannelFuture unused = accepted.close();
        } else {
            accepted.unsafe().closeForcibly();
        }
    }

    /** Guards a new connection; the oldest one makes room for it if there are too many. On the connection's event loop. */
    PreConnectGuard guard(Channel channel) {
        PreConnectGuard guard =
                new PreConnectGuard(channel, limits.connectTimeout(), closeListener, () -> unaccepted.remove(channel));
        channel.attr(PreConnectGuard.KEY).set(guard);
        unaccepted.add(channel, PeerAddress.ofPeer(channel).flatMap(addresses)).ifPresent(ConnectionLimits::close);
        channel.closeFuture().addListener(unused -> unaccepted.remove(channel));
        return guard;
    }

    private static void close(UnacceptedConnections.Excess<Channel> excess) {
        excess.connection().attr(PreConnectGuard.KEY).get().close(excess.reason());
    }
}
