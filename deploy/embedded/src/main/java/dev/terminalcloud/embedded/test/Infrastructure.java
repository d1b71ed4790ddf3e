package dev.terminalcloud.embedded.test;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The broker and the database of this process, each started on first use. */
public final class Infrastructure {
    /** The system property that chooses: {@code embedded} or {@code containers}. */
    public static final String PROPERTY = "terminalcloud.test.infrastructure";

    private Infrastructure() {}

    /**
     * Returns the Quarkus configuration to use them.
     *
     * @param service the service whose database role and schema are needed; empty if no database is needed
     */
    public static Map<String, String> configuration(Optional<String> service) {
        Map<String, String> configuration = new HashMap<>();
        configuration.put("kafka.bootstrap.servers", Broker.BOOTSTRAP_SERVERS);
        service.map(Database.ADDRESS::configurationOf).ifPresent(configuration::putAll);
        return configuration;
    }

    private static boolean inContainers() {
        String choice = System.getProperty(PROPERTY, "embedded");
        return switch (choice) {
            case "embedded" -> false;
            case "containers" -> true;
            default ->
                throw new IllegalArgumentException(
                        "%s must be embedded or containers, was '%s'".formatted(PROPERTY, choice));
        };
    }

    /** Lazy holder: loaded, and so started, on first use. */
    private static final class Broker {
        static final String BOOTSTRAP_SERVERS = inContainers() ? ContainerServers.kafka() : EmbeddedServers.kafka();
    }

    /** Lazy holder: loaded, and so started, on first use. */
    private static final class Database {
        static final DatabaseAddress ADDRESS =
                inContainers() ? ContainerServers.postgres() : EmbeddedServers.postgres();
    }
}
