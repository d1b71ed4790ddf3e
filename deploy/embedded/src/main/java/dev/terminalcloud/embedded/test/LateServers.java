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
 * A real Kafka and a real PostgreSQL for a single test application, which are not running yet when it starts: the test, which has this
 * object in a field, starts and stops them. The argument {@value TestInfrastructure#SERVICE} names the service whose role and schema are created.
 */
public final class LateServers implements QuarkusTestResourceLifecycleManager {
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

    /** Reserves ports and returns the Quarkus configuration for the servers to come. */
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
            configuration.putAll(DatabaseAddress.configuration(name, "jdbc:" + location, location));
        });
        return configuration;
    }

    public void startKafka() {
        kafka = EmbeddedKafka.start(data.resolve("kafka"), kafkaPort);
    }

    public void startDatabase() {
        database = openDatabase(databasePort);
    }

    /** Stops Kafka, which must run; it keeps its data and may be started again. */
    public void stopKafka() {
        kafka.close();
        kafka = null;
    }

    /** Stops PostgreSQL, which must run; it keeps its data and may be started again. */
    public void stopDatabase() {
        database.close();
        database = null;
    }

    /** Creates the role in advance: the application does not wait for a database that rejects its user. */
    private void prepareDatabase(String name) {
        // Quarkus may load this class; DriverManager only finds drivers of the same class loader.
        if (!Driver.isRegistered()) {
            throw new IllegalStateException("PostgreSQL's driver has not registered itself");
        }
        try (EmbeddedDatabase prepared = openDatabase(0)) {
            prepared.addService(name, DatabaseAddress.SERVICE_PASSWORD);
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
