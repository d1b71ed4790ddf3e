package dev.terminalcloud.embedded.test;

import dev.terminalcloud.embedded.EmbeddedDatabase;
import dev.terminalcloud.embedded.EmbeddedKafka;
import dev.terminalcloud.embedded.Folders;
import dev.terminalcloud.embedded.KafkaSecurity;
import dev.terminalcloud.embedded.Port;
import dev.terminalcloud.embedded.tls.ServerTls;
import dev.terminalcloud.events.KafkaUser;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A real Kafka and a real PostgreSQL for a single test application, both with TLS, users and access control, and the application
 * configured as in production. The argument {@value TestInfrastructure#SERVICE} names the service: {@code pairing} or
 * {@code transaction}.
 */
public final class EncryptedServers implements QuarkusTestResourceLifecycleManager {
    private static final Path HOME = Path.of("target", "test-infrastructure").toAbsolutePath();

    private String service;
    private Path data;
    private ServerTls tls;
    private EmbeddedKafka kafka;
    private EmbeddedDatabase database;

    @Override
    public void init(Map<String, String> arguments) {
        service = arguments.get(TestInfrastructure.SERVICE);
    }

    @Override
    public Map<String, String> start() {
        try {
            data = Files.createTempDirectory("encrypted-servers");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tls = ServerTls.create(data.resolve("tls"));
        KafkaUser user = KafkaUser.of(service + "-service");
        KafkaSecurity security = new KafkaSecurity(tls, Map.of(user, DatabaseAddress.SERVICE_PASSWORD));
        kafka = EmbeddedKafka.start(data.resolve("kafka"), 0, Port.free(), security);
        database = EmbeddedDatabase.start(data.resolve("postgres"), HOME.resolve("program"), 0, Optional.of(tls));
        database.addService(service, DatabaseAddress.SERVICE_PASSWORD);
        Map<String, String> configuration = new HashMap<>();
        configuration.put("encryption.kafka-required", "true");
        configuration.put("encryption.database-required", "true");
        configuration.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        security.clientSettings(user).forEach((key, value) -> configuration.put("kafka." + key, value));
        configuration.putAll(DatabaseAddress.configuration(service, database.jdbcUrl(tls), database.reactiveUrl()));
        configuration.put("quarkus.datasource.reactive.postgresql.ssl-mode", "verify-full");
        configuration.put("quarkus.datasource.reactive.trust-certificate-pem", "true");
        configuration.put(
                "quarkus.datasource.reactive.trust-certificate-pem.certs",
                tls.authority().toString());
        return configuration;
    }

    public ServerTls tls() {
        return tls;
    }

    /** Returns the port of PostgreSQL. */
    public int databasePort() {
        return database.port();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(EncryptedServers.class));
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.close();
        }
        if (database != null) {
            database.close();
        }
        Folders.deleteTree(data);
    }
}
