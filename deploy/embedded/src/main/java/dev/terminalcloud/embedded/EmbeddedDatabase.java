package dev.terminalcloud.embedded;

import dev.terminalcloud.embedded.tls.ServerTls;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A real PostgreSQL 18 as a separate process, on 127.0.0.1 only, for root as for an ordinary user.
 *
 * <p>It keeps its data and it is durable ({@code fsync} and {@code synchronous_commit} are on): committed data is available again
 * after the next start on the same folder. That next start also stops a server that a killed process left running. Every client on
 * 127.0.0.1 can log on without a password, even as {@value #ADMINISTRATOR}: it is for demos and tests.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    /** The superuser, which needs no password. */
    public static final String ADMINISTRATOR = "postgres";

    private static final String DATABASE = "postgres";

    /** Long, for a busy machine: a start that fails is found in the log before that. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "max_connections", "100",
            "timezone", "UTC",
            "shared_buffers", "64MB");

    private static final String ENCRYPTED_ACCESS =
            """
            host    all %s 127.0.0.1/32 trust
            hostssl all all      127.0.0.1/32 scram-sha-256
            """
                    .formatted(ADMINISTRATOR);

    private final EmbeddedPostgres server;
    private final FolderLock lock;
    private final Path cluster;

    private EmbeddedDatabase(EmbeddedPostgres server, FolderLock lock, Path cluster) {
        this.server = server;
        this.lock = lock;
        this.cluster = cluster;
    }

    /** Starts the server like {@link #start(Path, Path, int)}, with the program unpacked inside the data folder. */
    public static EmbeddedDatabase start(Path data, int port) {
        return start(data, data.resolve("program"), port);
    }

    /**
     * Starts the server and returns when it accepts connections: after 0.2 s on existing data, 2 s on a new folder, 6 s the first time.
     *
     * @param data the folder that holds the cluster and the server's log, {@code postgres.log}; created if absent
     * @param program the folder that the program is unpacked to once; may be shared
     * @param port the port to listen on, 0 for a free port
     * @throws PortInUseException if the port is in use
     * @throws IllegalStateException if another live process uses the data, or the server does not start
     */
    public static EmbeddedDatabase start(Path data, Path program, int port) {
        return start(data, program, port, Optional.empty());
    }

    /**
     * Starts the server as {@link #start(Path, Path, int)} does, with encryption: services need TLS and their password, and only
     * {@value #ADMINISTRATOR} needs neither.
     *
     * @param tls empty for no encryption
     */
    public static EmbeddedDatabase start(Path data, Path program, int port, Optional<ServerTls> tls) {
        QuietLogs.apply();
        Path folder = data.toAbsolutePath();
        FolderLock lock = FolderLock.tryAcquire(folder)
                .orElseThrow(() -> new IllegalStateException(
                        "Another process uses the database in %s. Stop it first".formatted(folder)));
        boolean started = false;
        try {
            Path cluster = cluster(folder);
            Path complete = folder.resolve("cluster-complete");
            takeOver(cluster);
            if (!Files.exists(complete)) {
                Folders.deleteTree(cluster);
            }
            EmbeddedPostgres server = launch(
                    folder, cluster, program.toAbsolutePath(), Port.freeOr(port, "PostgreSQL"), settings(folder, tls));
            Files.writeString(complete, "The cluster was initialised to its end and has served.\n");
            started = true;
            return new EmbeddedDatabase(server, lock, cluster);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to use the folder %s".formatted(folder), e);
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    /**
     * Stops the server that a killed process left running on this data folder. The caller must know that the process has exited.
     *
     * @return true if there was such a server
     */
    public static boolean stopOrphaned(Path data) {
        Optional<Postmaster> leftOver = Postmaster.runningOn(cluster(data.toAbsolutePath()));
        leftOver.ifPresent(Postmaster::stop);
        return leftOver.isPresent();
    }

    /**
     * Creates the roles of a service and a schema with its name, see {@link ServiceSchema}. PostgreSQL's search path selects the schema, so
     * a service needs only its roles. Can be repeated; the newest password counts, for both.
     */
    public void addService(String name, String password) {
        ServiceSchema.create(jdbcUrl(), ADMINISTRATOR, "", name, password);
    }

    /** Returns the URL for JDBC, without user and password. */
    public String jdbcUrl() {
        return jdbcUrl(port());
    }

    /** Returns the URL for JDBC with TLS that checks the certificate and the address of the server. */
    public String jdbcUrl(ServerTls tls) {
        return "%s?sslmode=verify-full&sslrootcert=%s".formatted(jdbcUrl(), tls.authority());
    }

    /** Returns the URL for JDBC on another port, which a proxy forwards. */
    public static String jdbcUrl(int port) {
        return "jdbc:" + reactiveUrl(port);
    }

    /** Returns the URL for Vert.x clients (and psql), without user and password. */
    public String reactiveUrl() {
        return reactiveUrl(port());
    }

    /** Returns the URL for Vert.x clients on another port, which a proxy forwards. */
    public static String reactiveUrl(int port) {
        return "postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE);
    }

    public int port() {
        return server.getPort();
    }

    /** Runs the action, on another thread, when the server's process has exited for any reason. */
    public void onExit(Runnable action) {
        Postmaster.runningOn(cluster).ifPresentOrElse(server -> server.onExit(action), action);
    }

    /** Ends the sessions, writes all data and returns when the server has exited. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            // close() gives up waiting after 5 s, without reporting it.
            Postmaster.runningOn(cluster).ifPresent(Postmaster::stop);
            lock.close();
        }
    }

    private static Path cluster(Path data) {
        return data.resolve("cluster");
    }

    /** Stops a leftover server: since we hold the folder's lock, the process that started it has exited. */
    private static void takeOver(Path cluster) throws IOException {
        Postmaster.runningOn(cluster).ifPresent(Postmaster::stop);
        Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    }

    private static Map<String, String> settings(Path folder, Optional<ServerTls> tls) throws IOException {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        if (tls.isPresent()) {
            Path access = Files.writeString(folder.resolve("encrypted_hba.conf"), ENCRYPTED_ACCESS);
            settings.put("hba_file", access.toString());
            settings.put("ssl", "on");
            settings.put("ssl_cert_file", tls.get().chain().toString());
            settings.put("ssl_key_file", tls.get().key().toString());
            settings.put("ssl_ciphers", "ECDHE+AESGCM:ECDHE+CHACHA20");
        }
        return settings;
    }

    private static EmbeddedPostgres launch(
            Path data, Path cluster, Path program, int port, Map<String, String> settings) {
        Path log = data.resolve("postgres.log");
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(program.toFile())
                .setRegisterShutdownHook(false)
                .setLocaleConfig("locale", "C")
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setErrorRedirector(Redirect.appendTo(log.toFile()))
                .setPGStartupWait(START_TIMEOUT);
        settings.forEach(builder::setServerConfig);
        try {
            return builder.start();
        } catch (IOException | IllegalStateException e) {
            Postmaster.runningOn(cluster).ifPresent(Postmaster::stop);
            throw new IllegalStateException("PostgreSQL did not start on port %d, see %s".formatted(port, log), e);
        }
    }
}
