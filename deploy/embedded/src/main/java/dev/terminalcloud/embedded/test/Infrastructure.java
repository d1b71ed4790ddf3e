package dev.terminalcloud.embedded.test;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The broker and the database of this process, each started when it is first asked for. */
public final class Infrastructure {
    /** The system property that chooses: {@code embedded} or {@code containers}. */
    public static final String PROPERTY = "terminalcloud.test.infrastructure";

    private Infrastructure() {}

    /**
     * What a Quarkus application has to be told to use them.
     *
     * @param service whose role and schema it needs in the database; empty if it needs no database
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
                        "%s is embedded or containers, not '%s'".formatted(PROPERTY, choice));
        };
    }

    /** Loaded, and so started, when it is first asked for. */
    private static final class Broker {
        static final String BOOTSTRAP_SERVERS = inContainers() ? ContainerServers.kafka() : EmbeddedServers.kafka();
    }

    /** Loaded, and so started, when it is first asked for. */
    private static final class Database {
        static final DatabaseAddress ADDRESS =
                inContainers() ? ContainerServers.postgres() : EmbeddedServers.postgres();
    }
}
