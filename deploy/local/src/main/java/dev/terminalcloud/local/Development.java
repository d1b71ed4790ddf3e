package dev.terminalcloud.local;

import dev.terminalcloud.embedded.Port;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The services on which a developer works.
 *
 * @param debugPorts the port on 127.0.0.1 at which the first process of a service accepts a debugger; 0 for a free port
 * @param without the services that the developer runs, outside the stack
 */
record Development(Map<ServiceName, Integer> debugPorts, Set<ServiceName> without) {
    static final String DEBUG = "--debug";
    static final String WITHOUT = "--without";

    Development {
        debugPorts = Map.copyOf(debugPorts);
        without = Set.copyOf(without);
        debugPorts.values().forEach(Development::requirePort);
        without.stream().filter(debugPorts::containsKey).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(
                    "%s and %s must not name the same service, was %s".formatted(DEBUG, WITHOUT, name));
        });
    }

    static Development none() {
        return new Development(Map.of(), Set.of());
    }

    /**
     * Parses the options.
     *
     * @param debug the values of {@code --debug}: names of services, with {@code =PORT} or without
     * @param without the values of {@code --without}: names of services
     * @throws IllegalArgumentException if a name is unknown, or a port invalid
     */
    static Development parse(List<String> debug, List<String> without) {
        Map<ServiceName, Integer> debugPorts = new EnumMap<>(ServiceName.class);
        debug.forEach(value -> {
            String[] parts = value.split("=", 2);
            debugPorts.put(ServiceName.parse(DEBUG, parts[0]), parts.length == 1 ? 0 : parsePort(parts[1]));
        });
        return new Development(
                debugPorts,
                without.stream().map(value -> ServiceName.parse(WITHOUT, value)).collect(Collectors.toSet()));
    }

    /** Returns the services that the stack starts, in the order of their definition. */
    List<ServiceName> ownServices() {
        return Arrays.stream(ServiceName.values())
                .filter(name -> !without.contains(name))
                .toList();
    }

    /**
     * Returns the port of the debugger; empty if the service is not debugged.
     *
     * @param number the number of the process among the replicas of its service, from 0; each has the port after its predecessor's
     */
    Optional<Integer> debugPort(ServiceName name, int number) {
        return Optional.ofNullable(debugPorts.get(name)).map(port -> port == 0 ? Port.free() : port + number);
    }

    private static int parsePort(String text) {
        if (!text.matches("[1-9][0-9]{0,4}")) {
            throw invalidPort(text);
        }
        return Integer.parseInt(text);
    }

    private static void requirePort(int port) {
        if (port < 0 || port > Port.MAX_PORT) {
            throw invalidPort(Integer.toString(port));
        }
    }

    private static IllegalArgumentException invalidPort(String text) {
        return new IllegalArgumentException(
                "%s must have a port between 1 and %d after '=', was %s".formatted(DEBUG, Port.MAX_PORT, text));
    }
}
