package dev.terminalcloud.embedded.test;

import dev.terminalcloud.embedded.ServiceSchema;
import java.util.Map;

/**
 * Address of a test's database.
 *
 * @param location {@code postgresql://host:port/database}
 */
record DatabaseAddress(String location, String administrator, String administratorPassword) {
    private static final String SERVICE_PASSWORD = "test";

    /** Creates the service's role and schema, and returns the Quarkus configuration to use them. */
    Map<String, String> configurationOf(String service) {
        String jdbcUrl = "jdbc:" + location;
        ServiceSchema.create(jdbcUrl, administrator, administratorPassword, service, SERVICE_PASSWORD);
        return Map.of(
                "quarkus.datasource.username", service,
                "quarkus.datasource.password", SERVICE_PASSWORD,
                "quarkus.flyway.username", ServiceSchema.owner(service),
                "quarkus.flyway.password", SERVICE_PASSWORD,
                "quarkus.datasource.jdbc.url", jdbcUrl,
                "quarkus.datasource.reactive.url", location);
    }
}
