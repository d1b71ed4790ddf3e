package dev.terminalcloud.local;

import dev.terminalcloud.embedded.EmbeddedDatabase;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The ports at which each service process reaches PostgreSQL and Kafka through proxies of another program, which may delay or break
 * connections. The README has the ports.
 *
 * @param firstPort 0 without proxies: all processes reach the servers directly
 * @param processes the number of processes: those of pairing-service, then those of transaction-service, then the connectors
 */
record ProxyPorts(int firstPort, int processes) {
    private static final int PORTS_OF_A_PROCESS = 3;
    private static final String PAIR = ">";

    static ProxyPorts of(Options options) {
        return new ProxyPorts(options.proxyPorts(), options.processes());
    }

    /** Returns the environment that replaces the servers' own addresses for a process; empty without proxies. */
    Map<String, String> environment(int process, boolean hasDatabase) {
        if (firstPort == 0) {
            return Map.of();
        }
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + (port(process) + 1));
        if (hasDatabase) {
            environment.put("QUARKUS_DATASOURCE_JDBC_URL", EmbeddedDatabase.jdbcUrl(port(process)));
            environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", EmbeddedDatabase.reactiveUrl(port(process)));
        }
        return environment;
    }

    /** Returns Kafka's own ports, each with the proxy port at which a process reaches it, as text that {@link #parse} reads. */
    String brokerListeners() {
        int count = firstPort == 0 ? 0 : processes;
        return IntStream.range(0, count)
                .mapToObj(process -> (port(process) + 2) + PAIR + (port(process) + 1))
                .collect(Collectors.joining(","));
    }

    static Map<Integer, Integer> parse(String brokerListeners) {
        return Stream.of(brokerListeners.split(","))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split(PAIR))
                .collect(Collectors.toMap(pair -> Integer.valueOf(pair[0]), pair -> Integer.valueOf(pair[1])));
    }

    private int port(int process) {
        return firstPort + PORTS_OF_A_PROCESS * process;
    }
}
