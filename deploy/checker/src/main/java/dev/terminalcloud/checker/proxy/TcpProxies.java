package dev.terminalcloud.checker.proxy;

import dev.terminalcloud.checker.proxy.TcpProxy.LinkState;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All ways of the service processes to PostgreSQL and to Kafka, each of which leads through this process (the local stack's
 * {@code --proxy-ports}). Thread-safe.
 */
public final class TcpProxies implements AutoCloseable {
    private static final int PORTS_OF_A_PROCESS = 3;

    /** What a wire leads to. */
    public enum Target {
        POSTGRES,
        KAFKA
    }

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final List<TcpProxy> postgres = new ArrayList<>();
    private final List<TcpProxy> kafka = new ArrayList<>();

    private TcpProxies() {}

    /** How many ports in a row are needed. */
    public static int ports(int processes) {
        return PORTS_OF_A_PROCESS * processes;
    }

    /**
     * Lays them, before there is anything that they lead to.
     *
     * @param firstPort of the ports, as the local stack is told
     * @param processes how many there are, the connectors being last
     * @param connectors have no way to PostgreSQL, as they have no use for one
     */
    public static TcpProxies open(int firstPort, int processes, int connectors, int postgresPort) {
        TcpProxies proxyPorts = new TcpProxies();
        for (int process = 0; process < processes; process++) {
            int port = firstPort + PORTS_OF_A_PROCESS * process;
            if (process < processes - connectors) {
                proxyPorts.postgres.add(TcpProxy.open(proxyPorts.vertx, port, postgresPort));
            }
            proxyPorts.kafka.add(TcpProxy.open(proxyPorts.vertx, port + 1, port + 2));
        }
        return proxyPorts;
    }

    /** How many lead there. */
    public int count(Target server) {
        return proxyPorts(server).size();
    }

    /** Connections are reset, and so are new ones. */
    public void resetConnections(Target server, List<Integer> which) {
        become(server, which, new LinkState.Reset());
    }

    /** Nothing arrives any more, until it is mended. */
    public void stall(Target server, List<Integer> which) {
        become(server, which, new LinkState.Stalled());
    }

    /** Everything arrives so much later, in either direction. */
    public void addLatency(Target server, List<Integer> which, Duration delay) {
        become(server, which, new LinkState.Delayed(delay));
    }

    /** Resets each connection in the moment in which the database says on it that it has committed. */
    public void resetOnCommit(List<Integer> which) {
        become(Target.POSTGRES, which, new LinkState.ResetsOnCommit());
    }

    /** On the connections that are there nothing arrives ever again, and nobody is told; new ones work. */
    public void blackholeConnections(Target server, List<Integer> which) {
        chosen(server, which).forEach(TcpProxy::blackholeConnections);
    }

    public void restore(Target server, List<Integer> which) {
        become(server, which, LinkState.FINE);
    }

    private void become(Target server, List<Integer> which, LinkState condition) {
        chosen(server, which).forEach(proxy -> proxy.setState(condition));
    }

    private Stream<TcpProxy> chosen(Target server, List<Integer> which) {
        return which.stream().map(proxyPorts(server)::get);
    }

    private List<TcpProxy> proxyPorts(Target server) {
        return server == Target.POSTGRES ? postgres : kafka;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
