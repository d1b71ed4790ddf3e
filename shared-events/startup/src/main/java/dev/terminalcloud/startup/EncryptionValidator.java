package dev.terminalcloud.startup;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The rules for connections to Kafka and PostgreSQL: encrypted, to a server whose certificate has been issued by a trusted authority
 * for the name that the client connects to.
 */
public final class EncryptionValidator {
    private static final Set<String> ENCRYPTED_PROTOCOLS = Set.of("SSL", "SASL_SSL");
    private static final String VERIFY_FULL = "verify-full";

    private EncryptionValidator() {}

    /**
     * Checks the connections to Kafka.
     *
     * @param connection the connection settings of the Kafka clients
     * @throws IllegalArgumentException naming the key whose value permits plaintext, or another server
     */
    public static void validateKafka(Map<String, Object> connection) {
        String protocol = Objects.toString(connection.get("security.protocol"), "PLAINTEXT");
        if (!ENCRYPTED_PROTOCOLS.contains(protocol)) {
            throw new IllegalArgumentException(
                    "kafka.security.protocol must be SASL_SSL or SSL, was %s. Set it (KAFKA_SECURITY_PROTOCOL), or encryption.kafka-required=false to send events in plaintext"
                            .formatted(protocol));
        }
        String identification = Objects.toString(connection.get("ssl.endpoint.identification.algorithm"), "https");
        if (!identification.toLowerCase(Locale.ROOT).equals("https")) {
            throw new IllegalArgumentException(
                    "kafka.ssl.endpoint.identification.algorithm must be https, was '%s'".formatted(identification));
        }
    }

    /**
     * Checks both kinds of connections to PostgreSQL.
     *
     * @param jdbcUrl the URL for the schema migration
     * @param reactiveSslMode the mode of the reactive pool; empty if it is not set
     * @throws IllegalArgumentException naming the key whose value permits plaintext, or another server
     */
    public static void validateDatabase(String jdbcUrl, Optional<String> reactiveSslMode) {
        String jdbcMode = sslMode(jdbcUrl).orElse("prefer");
        if (!jdbcMode.equals(VERIFY_FULL)) {
            throw invalidDatabase("sslmode of quarkus.datasource.jdbc.url", jdbcMode, "QUARKUS_DATASOURCE_JDBC_URL");
        }
        String reactiveMode = reactiveSslMode.orElse("disable");
        if (!reactiveMode.toLowerCase(Locale.ROOT).replace('_', '-').equals(VERIFY_FULL)) {
            throw invalidDatabase(
                    "quarkus.datasource.reactive.postgresql.ssl-mode",
                    reactiveMode,
                    "QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE");
        }
    }

    private static IllegalArgumentException invalidDatabase(String key, String value, String variable) {
        return new IllegalArgumentException(
                "%s must be verify-full, was %s. Set it (%s), or encryption.database-required=false to query in plaintext"
                        .formatted(key, value, variable));
    }

    /** Returns the last one, which counts. */
    private static Optional<String> sslMode(String jdbcUrl) {
        int query = jdbcUrl.indexOf('?');
        return query < 0
                ? Optional.empty()
                : Arrays.stream(jdbcUrl.substring(query + 1).split("&"))
                        .filter(parameter -> parameter.startsWith("sslmode="))
                        .map(parameter -> parameter.substring("sslmode=".length()))
                        .reduce((earlier, later) -> later);
    }
}
