package dev.terminalcloud.checker.proxy;

import dev.terminalcloud.checker.proxy.TcpProxy.LinkState;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Proxies for all connections of the service processes to PostgreSQL and to Kafka (the local stack's {@code --proxy-ports}).
 * Thread-safe.
 */
public final class TcpProxies implements AutoCloseable {
    private static final int PORTS_PER_PROCESS = 3;

    /** The server that a proxy forwards to. */
    public enum Target {
        POSTGRES,
        KAFKA
    }

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final List<TcpProxy> postgres = new ArrayList<>();
    private final List<TcpProxy> kafka = new ArrayList<>();

    private TcpProxies() {}

    /** Returns the number of consecutive ports that are needed. */
    public static int ports(int processes) {
        return PORTS_PER_PROCESS * processes;
    }

    /**
     * Opens the proxies, before their servers are started.
     *
     * @param firstPort the first of the consecutive ports, as given to the local stack
     * @param processes the number of service processes; the connectors are the last ones
     * @param connectors the number of connectors, which have no proxy to PostgreSQL since they do not use it
     */
    public static TcpProxies open(int firstPort, int processes, int connectors, int postgresPort) {
        TcpProxies proxies = new TcpProxies();
        for (int process = 0; process < processes; process++) {
            int port = firstPort + PORTS_PER_PROCESS * process;
            if (process < processes - connectors) {
                proxies.postgres.add(TcpProxy.open(proxies.vertx, port, postgresPort));
            }
            proxies.kafka.add(TcpProxy.open(proxies.vertx, port + 1, port + 2));
        }
        return proxies;
    }

    /** Returns the number of proxies to this server. */
    public int count(Target server) {
        return proxiesTo(server).size();
    }

    /** Resets all connections, existing and new ones. */
    public void resetConnections(Target server, List<Integer> which) {
        setState(server, which, new LinkState.Reset());
    }

    /** Stalls all connections: no bytes arrive until they are restored. */
    public void stall(Target server, List<Integer> which) {
        setState(server, which, new LinkState.Stalled());
    }

    /** Delays all bytes, in either direction. */
    public void addLatency(Target server, List<Integer> which, Duration delay) {
        setState(server, which, new LinkState.Delayed(delay));
    }

    /** Resets each connection as soon as the database confirms a commit on it. */
    public void resetOnCommit(List<Integer> which) {
        setState(Target.POSTGRES, which, new LinkState.ResetsOnCommit());
    }

    /** Drops all bytes on the existing connections for ever, without an error; new connections work. */
    public void blackholeConnections(Target server, List<Integer> which) {
        chosen(server, which).forEach(TcpProxy::blackholeConnections);
    }

    public void restore(Target server, List<Integer> which) {
        setState(server, which, LinkState.HEALTHY);
    }

    private void setState(Target server, List<Integer> which, LinkState state) {
        chosen(server, which).forEach(proxy -> proxy.setState(state));
    }

    private Stream<TcpProxy> chosen(Target server, List<Integer> which) {
        return which.stream().map(proxiesTo(server)::get);
    }

    private List<TcpProxy> proxiesTo(Target server) {
        return server == Target.POSTGRES ? postgres : kafka;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
