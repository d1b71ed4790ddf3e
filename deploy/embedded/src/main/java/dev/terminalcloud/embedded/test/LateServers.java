package dev.terminalcloud.embedded.test;

import dev.terminalcloud.embedded.EmbeddedDatabase;
import dev.terminalcloud.embedded.EmbeddedKafka;
import dev.terminalcloud.embedded.Folders;
import dev.terminalcloud.embedded.Port;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.Driver;

/**
 * A real Kafka and a real PostgreSQL for one test application alone, which are not there yet when it starts: the test, which has this
 * in a field, starts them. The argument {@value TestInfrastructure#SERVICE} names the service whose role and schema it is to have.
 */
public final class LateServers implements QuarkusTestResourceLifecycleManager {
    private static final String PASSWORD = "test";
    private static final Path HOME = Path.of("target", "test-infrastructure").toAbsolutePath();

    private Optional<String> service = Optional.empty();
    private Path data;
    private int kafkaPort;
    private int databasePort;
    private EmbeddedKafka kafka;
    private EmbeddedDatabase database;

    @Override
    public void init(Map<String, String> arguments) {
        service = Optional.ofNullable(arguments.get(TestInfrastructure.SERVICE));
    }

    /** Tells where they are going to be. */
    @Override
    public Map<String, String> start() {
        List<Integer> ports = Port.free(2);
        kafkaPort = ports.get(0);
        databasePort = ports.get(1);
        try {
            data = Files.createTempDirectory("late-servers");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> configuration = new HashMap<>();
        configuration.put("kafka.bootstrap.servers", "127.0.0.1:" + kafkaPort);
        service.ifPresent(name -> {
            prepareDatabase(name);
            String location = "postgresql://127.0.0.1:%d/postgres".formatted(databasePort);
            configuration.put("quarkus.datasource.username", name);
            configuration.put("quarkus.datasource.password", PASSWORD);
            configuration.put("quarkus.datasource.jdbc.url", "jdbc:" + location);
            configuration.put("quarkus.datasource.reactive.url", location);
        });
        return configuration;
    }

    public void startKafka() {
        kafka = EmbeddedKafka.start(data.resolve("kafka"), kafkaPort);
    }

    public void startDatabase() {
        database = openDatabase(databasePort);
    }

    /** Its role is there as soon as the database is: an unknown user would not be waited for. */
    private void prepareDatabase(String name) {
        // This class may be loaded by Quarkus; DriverManager looks for a driver of the same loader.
        if (!Driver.isRegistered()) {
            throw new IllegalStateException("PostgreSQL's driver has not registered itself");
        }
        try (EmbeddedDatabase prepared = openDatabase(0)) {
            prepared.addService(name, PASSWORD);
        }
    }

    private EmbeddedDatabase openDatabase(int port) {
        return EmbeddedDatabase.start(data.resolve("postgres"), HOME.resolve("program"), port);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(LateServers.class));
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
