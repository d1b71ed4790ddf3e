package dev.terminalcloud.checker.wire;

import dev.terminalcloud.checker.wire.Wire.Condition;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All ways of the service processes to PostgreSQL and to Kafka, each of which leads through this process (the local stack's
 * {@code --wires}). Thread-safe.
 */
public final class Wires implements AutoCloseable {
    private static final int PORTS_OF_A_PROCESS = 3;

    /** What a wire leads to. */
    public enum Server {
        POSTGRES,
        KAFKA
    }

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final List<Wire> postgres = new ArrayList<>();
    private final List<Wire> kafka = new ArrayList<>();

    private Wires() {}

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
    public static Wires lay(int firstPort, int processes, int connectors, int postgresPort) {
        Wires wires = new Wires();
        for (int process = 0; process < processes; process++) {
            int port = firstPort + PORTS_OF_A_PROCESS * process;
            if (process < processes - connectors) {
                wires.postgres.add(Wire.lay(wires.vertx, port, postgresPort));
            }
            wires.kafka.add(Wire.lay(wires.vertx, port + 1, port + 2));
        }
        return wires;
    }

    /** How many lead there. */
    public int count(Server server) {
        return wires(server).size();
    }

    /** Connections are reset, and so are new ones. */
    public void cut(Server server, List<Integer> which) {
        become(server, which, new Condition.Cut());
    }

    /** Nothing arrives any more, until it is mended. */
    public void silence(Server server, List<Integer> which) {
        become(server, which, new Condition.Silent());
    }

    /** Everything arrives so much later, in either direction. */
    public void slow(Server server, List<Integer> which, Duration delay) {
        become(server, which, new Condition.Slow(delay));
    }

    /** Resets each connection in the moment in which the database says on it that it has committed. */
    public void cutOffCommits(List<Integer> which) {
        become(Server.POSTGRES, which, new Condition.CutsOffCommits());
    }

    /** On the connections that are there nothing arrives ever again, and nobody is told; new ones work. */
    public void forgetConnections(Server server, List<Integer> which) {
        chosen(server, which).forEach(Wire::forgetConnections);
    }

    public void mend(Server server, List<Integer> which) {
        become(server, which, Condition.FINE);
    }

    private void become(Server server, List<Integer> which, Condition condition) {
        chosen(server, which).forEach(wire -> wire.become(condition));
    }

    private Stream<Wire> chosen(Server server, List<Integer> which) {
        return which.stream().map(wires(server)::get);
    }

    private List<Wire> wires(Server server) {
        return server == Server.POSTGRES ? postgres : kafka;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
