package dev.terminalcloud.local;

import dev.terminalcloud.embedded.Port;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The checked options of one start.
 *
 * @param data the folder that holds everything between starts, absolute
 * @param addresses the addresses of the public API and of MQTT; all else listens on 127.0.0.1
 * @param kafkaPort 0 for a free port
 * @param postgresPort 0 for a free port
 * @param replicas the number of processes of pairing-service and of transaction-service
 * @param connectors the number of device connectors; each has the MQTT port after its predecessor's
 * @param devices the demo devices
 * @param fresh true to delete stored data first
 * @param demoDevice true to run the first demo device in this process
 * @param restart true to restart a process that dies, instead of stopping everything
 * @param proxyPorts the first port of {@link ProxyPorts}; 0 for none
 * @param rolloutPort the port on 127.0.0.1 at which the processes of a service can be replaced as in production; 0 for none
 * @param encrypted true to encrypt the connections to Kafka and PostgreSQL, with access control, as in production
 * @param traces true to trace each request, and to show the traces
 * @param clockSkew the minutes by which the clocks of replicas are wrong, odd numbers ahead and even ones behind; 0 for none
 * @param profile the JVM options of the processes
 * @param development the services on which a developer works
 */
record Options(
        Path data,
        Addresses addresses,
        int kafkaPort,
        int postgresPort,
        int replicas,
        int connectors,
        DemoDevices devices,
        boolean fresh,
        boolean demoDevice,
        boolean restart,
        int proxyPorts,
        int rolloutPort,
        boolean encrypted,
        boolean traces,
        int clockSkew,
        Profile profile,
        Development development) {
    private static final int MAX_REPLICAS = 4;
    private static final int MAX_CONNECTORS = 8;
    private static final int MAX_CLOCK_SKEW = 60;

    Options {
        data = data.toAbsolutePath().normalize();
        requirePort("--port", 1, addresses.port());
        requirePort("--mqtt-port", 1, addresses.mqttPort());
        requirePort("--kafka-port", 0, kafkaPort);
        requirePort("--postgres-port", 0, postgresPort);
        requireNumber("--replicas", 1, MAX_REPLICAS, replicas);
        requireNumber("--connectors", 1, MAX_CONNECTORS, connectors);
        requireNumber("--devices", DemoDevices.MIN_COUNT, DemoDevices.MAX_COUNT, devices.count());
        requirePort("--rollouts", 0, rolloutPort);
        requirePort(
                "--mqtt-port and --connectors",
                1,
                mqttPorts(addresses, connectors, rolloutPort).max().orElseThrow());
        requirePort("--proxy-ports", 0, proxyPorts);
        if (encrypted && proxyPorts != 0) {
            throw new IllegalArgumentException("--encrypted must not be combined with --proxy-ports");
        }
        requireNumber("--clock-skew", 0, MAX_CLOCK_SKEW, clockSkew);
        if (rolloutPort != 0
                && !(development.debugPorts().isEmpty() && development.without().isEmpty())) {
            throw new IllegalArgumentException(
                    "--rollouts must not be combined with %s or %s".formatted(Development.DEBUG, Development.WITHOUT));
        }
        for (ServiceName name : ServiceName.values()) {
            requireDebugPorts(name, count(name, replicas, connectors), development);
            requireSingle(name, count(name, replicas, connectors), development);
        }
    }

    /** Returns the number of processes of a service. */
    int count(ServiceName name) {
        return count(name, replicas, connectors);
    }

    /** Returns whether the processes of a service can be replaced as in production. */
    boolean hasRollouts() {
        return rolloutPort != 0;
    }

    /**
     * Returns the number of processes that a service may have at the same time: while new ones replace the old ones, there are twice as
     * many. A connector is replaced by one with the same index.
     */
    int places(ServiceName name) {
        return hasRollouts() && name != ServiceName.CONNECTOR ? 2 * count(name) : count(name);
    }

    /** Returns the ports on which devices reach the connectors by MQTT over TCP; with rollouts one leads to all of them. */
    List<Integer> mqttPorts() {
        return mqttPorts(addresses, connectors, rolloutPort).boxed().toList();
    }

    private static IntStream mqttPorts(Addresses addresses, int connectors, int rolloutPort) {
        int first = addresses.mqttPort();
        return IntStream.range(first, first + (rolloutPort == 0 ? connectors : 1));
    }

    /** Returns the ports at which processes accept a debugger, without those that are chosen later. */
    List<Integer> debugPorts() {
        return development.debugPorts().entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .flatMap(entry -> IntStream.range(0, count(entry.getKey())).mapToObj(n -> entry.getValue() + n))
                .toList();
    }

    /** Returns the number of service processes that may run at the same time. */
    int processes() {
        return Stream.of(ServiceName.values()).mapToInt(this::places).sum();
    }

    private static int count(ServiceName name, int replicas, int connectors) {
        return name == ServiceName.CONNECTOR ? connectors : replicas;
    }

    private static void requireDebugPorts(ServiceName name, int count, Development development) {
        Integer first = development.debugPorts().getOrDefault(name, 0);
        requirePort(Development.DEBUG, 0, first + count - 1);
    }

    private static void requireSingle(ServiceName name, int count, Development development) {
        if (count > 1 && development.without().contains(name)) {
            throw new IllegalArgumentException("%s must name a service with one process, was %s with %d"
                    .formatted(Development.WITHOUT, name, count));
        }
    }

    private static void requireNumber(String option, int min, int max, int number) {
        if (number < min || number > max) {
            throw new IllegalArgumentException(
                    "%s must be between %d and %d, was %d".formatted(option, min, max, number));
        }
    }

    private static void requirePort(String option, int min, int port) {
        if (port < min || port > Port.MAX_PORT) {
            throw new IllegalArgumentException(
                    "%s must be a port between %d and %d, was %d".formatted(option, min, Port.MAX_PORT, port));
        }
    }
}
