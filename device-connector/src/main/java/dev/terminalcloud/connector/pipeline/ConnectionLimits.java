package dev.terminalcloud.connector.pipeline;

import dev.terminalcloud.connector.budget.Allowance;
import dev.terminalcloud.connector.config.BudgetLimits;
import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.config.Limits;
import dev.terminalcloud.network.ClientAddress;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The limits of all network connections of this connector, and its connections without CONNECT. Thread-safe. */
public final class ConnectionLimits {
    private final Limits limits;
    private final BudgetLimits budgets;
    private final AllowedOrigins origins;
    private final Function<InetAddress, Optional<ClientAddress>> addresses;
    private final Predicate<InetAddress> rateLimit;
    private final BiConsumer<PreConnectCloseReason, String> closeListener;
    private final UnacceptedConnections<Channel, ClientAddress> unaccepted;

    /**
     * Creates the limits of a connector.
     *
     * @param addresses returns the client at the other end of a connection; empty if that stands for unrelated clients
     * @param rateLimit counts a new connection of the address, and returns whether it may have one more now
     * @param closeListener receives why a connection ended before it was authenticated, and the details; on any thread
     */
    public ConnectionLimits(
            ConnectorConfiguration configuration,
            Function<InetAddress, Optional<ClientAddress>> addresses,
            Predicate<InetAddress> rateLimit,
            BiConsumer<PreConnectCloseReason, String> closeListener) {
        this.limits = configuration.limits();
        this.budgets = configuration.budgets();
        this.origins =
                new AllowedOrigins(configuration.webSocket().allowedOrigins().orElseGet(List::of));
        this.addresses = addresses;
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
        return !(accepted.remoteAddress() instanceof InetSocketAddress peer) || rateLimit.test(peer.getAddress());
    }

    /** Guards a new connection; the oldest one makes room for it if there are too many. On the connection's event loop. */
    PreConnectGuard guard(Channel channel) {
        PreConnectGuard guard =
                new PreConnectGuard(channel, limits.connectTimeout(), closeListener, () -> unaccepted.remove(channel));
        channel.attr(PreConnectGuard.KEY).set(guard);
        unaccepted
                .add(channel, addressOf(channel))
                .ifPresent(excess ->
                        excess.connection().attr(PreConnectGuard.KEY).get().close(excess.reason()));
        channel.closeFuture().addListener(unused -> unaccepted.remove(channel));
        return guard;
    }

    private Optional<ClientAddress> addressOf(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress peer
                ? addresses.apply(peer.getAddress())
                : Optional.empty();
    }
}
