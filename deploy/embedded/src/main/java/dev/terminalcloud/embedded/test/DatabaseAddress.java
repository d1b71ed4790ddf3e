package dev.terminalcloud.embedded.test;

import dev.terminalcloud.embedded.ServiceSchema;
import java.util.Map;

/**
 * Address of a test's database.
 *
 * @param location {@code postgresql://host:port/database}
 */
record DatabaseAddress(String location, String administrator, String administratorPassword) {
    /** The password of each service's roles. */
    static final String SERVICE_PASSWORD = "test";

    /** Creates the service's role and schema, and returns the Quarkus configuration to use them. */
    Map<String, String> configurationOf(String service) {
        String jdbcUrl = "jdbc:" + location;
        ServiceSchema.create(jdbcUrl, administrator, administratorPassword, service, SERVICE_PASSWORD);
        return configuration(service, jdbcUrl, location);
    }

    /** Returns the Quarkus configuration of a service whose roles have {@link #SERVICE_PASSWORD}. */
    static Map<String, String> configuration(String service, String jdbcUrl, String reactiveUrl) {
        return Map.of(
                "quarkus.datasource.username", service,
                "quarkus.datasource.password", SERVICE_PASSWORD,
                "quarkus.flyway.username", ServiceSchema.owner(service),
                "quarkus.flyway.password", SERVICE_PASSWORD,
                "quarkus.datasource.jdbc.url", jdbcUrl,
                "quarkus.datasource.reactive.url", reactiveUrl);
    }
}
