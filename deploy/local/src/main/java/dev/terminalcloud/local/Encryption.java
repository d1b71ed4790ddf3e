package dev.terminalcloud.local;

import dev.terminalcloud.embedded.EmbeddedDatabase;
import dev.terminalcloud.embedded.KafkaSecurity;
import dev.terminalcloud.embedded.tls.ServerTls;
import dev.terminalcloud.events.KafkaUser;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * TLS, users and access control of Kafka and PostgreSQL, as in production, or plaintext; and the environment that the processes need for
 * it.
 *
 * @param kafka empty for plaintext
 */
record Encryption(Optional<KafkaSecurity> kafka) {
    private static final String TLS_FOLDER = "BROKER_TLS";
    private static final String PASSWORD = "BROKER_PASSWORD_";

    /** @param folder the folder for new certificates */
    static Encryption of(Options options, Path folder) {
        return new Encryption(
                options.encrypted() ? Optional.of(security(folder, user -> Secrets.password())) : Optional.empty());
    }

    /** Returns what {@link #brokerEnvironment} has passed on; empty for plaintext. */
    static Optional<KafkaSecurity> ofBroker(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(TLS_FOLDER))
                .map(folder -> new KafkaSecurity(
                        ServerTls.in(Path.of(folder)), passwords(user -> environment.get(PASSWORD + user))));
    }

    private static KafkaSecurity security(Path folder, Function<KafkaUser, String> password) {
        return new KafkaSecurity(ServerTls.create(folder), passwords(password));
    }

    private static Map<KafkaUser, String> passwords(Function<KafkaUser, String> password) {
        return Arrays.stream(KafkaUser.values()).collect(Collectors.toMap(user -> user, password));
    }

    Optional<ServerTls> tls() {
        return kafka.map(KafkaSecurity::tls);
    }

    /** Returns the environment of the broker's process. */
    Map<String, String> brokerEnvironment() {
        Map<String, String> environment = new HashMap<>();
        kafka.ifPresent(security -> {
            environment.put(TLS_FOLDER, security.tls().authority().getParent().toString());
            security.passwords().forEach((user, password) -> environment.put(PASSWORD + user, password));
        });
        return environment;
    }

    /** Returns the environment with which a service connects to Kafka. */
    Map<String, String> kafkaEnvironment(String service) {
        if (kafka.isEmpty()) {
            return Map.of("ENCRYPTION_KAFKA_REQUIRED", "false");
        }
        return kafka.get().clientSettings(KafkaUser.of(service)).entrySet().stream()
                .collect(Collectors.toMap(
                        setting -> "KAFKA_"
                                + setting.getKey().toUpperCase(Locale.ROOT).replace('.', '_'),
                        Map.Entry::getValue));
    }

    /** Returns the environment with which a service connects to PostgreSQL. */
    Map<String, String> databaseEnvironment(EmbeddedDatabase database) {
        if (tls().isEmpty()) {
            return Map.of(
                    "ENCRYPTION_DATABASE_REQUIRED",
                    "false",
                    "QUARKUS_DATASOURCE_JDBC_URL",
                    database.jdbcUrl(),
                    "QUARKUS_DATASOURCE_REACTIVE_URL",
                    database.reactiveUrl());
        }
        ServerTls tls = tls().get();
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                database.jdbcUrl(tls),
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                database.reactiveUrl(),
                "QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE",
                "verify-full",
                "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM",
                "true",
                "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS",
                tls.authority().toString());
    }
}
