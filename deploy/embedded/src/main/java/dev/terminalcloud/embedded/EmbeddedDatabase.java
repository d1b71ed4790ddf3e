package dev.terminalcloud.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A real PostgreSQL 18 as a process of its own, on 127.0.0.1 only, for root as for an ordinary user.
 *
 * <p>It keeps its data and it is durable ({@code fsync} and {@code synchronous_commit} are on): whatever was committed is there again
 * after the next start on the same folder. A server that a killed process left running is ended by that next start. Whoever reaches
 * 127.0.0.1 can log on, without a password even as {@value #ADMINISTRATOR}: it is for trying and testing.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    /** The super-user, who needs no password. */
    public static final String ADMINISTRATOR = "postgres";

    private static final String DATABASE = "postgres";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "max_connections", "100",
            "timezone", "UTC",
            "shared_buffers", "64MB");

    private final EmbeddedPostgres server;
    private final FolderLock lock;
    private final Path cluster;

    private EmbeddedDatabase(EmbeddedPostgres server, FolderLock lock, Path cluster) {
        this.server = server;
        this.lock = lock;
        this.cluster = cluster;
    }

    /** As {@link #start(Path, Path, int)}, with the program unpacked inside the data folder. */
    public static EmbeddedDatabase start(Path data, int port) {
        return start(data, data.resolve("program"), port);
    }

    /**
     * Starts the server and returns when it serves: 0.2 s later on existing data, 2 s later on a new folder, 6 s the first time.
     *
     * @param data the folder that holds the cluster and the server's log, {@code postgres.log}; created if absent
     * @param program the folder that the program is unpacked to once; may be shared
     * @param port where it listens, 0 for a free port
     * @throws PortInUseException if somebody else listens on that port
     * @throws IllegalStateException if another living process uses the data, or the server does not start
     */
    public static EmbeddedDatabase start(Path data, Path program, int port) {
        QuietLogs.apply();
        Path folder = data.toAbsolutePath();
        FolderLock lock = FolderLock.tryAcquire(folder)
                .orElseThrow(() -> new IllegalStateException(
                        "Another process uses the database in %s: end it first".formatted(folder)));
        boolean started = false;
        try {
            Path cluster = cluster(folder);
            Path complete = folder.resolve("cluster-complete");
            takeOver(cluster);
            if (!Files.exists(complete)) {
                Folders.deleteTree(cluster);
            }
            EmbeddedPostgres server =
                    launch(folder, cluster, program.toAbsolutePath(), Port.freeOr(port, "PostgreSQL"));
            Files.writeString(complete, "The cluster was initialised to its end and has served.\n");
            started = true;
            return new EmbeddedDatabase(server, lock, cluster);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder %s can't be used".formatted(folder), e);
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    /**
     * Ends the server that a killed process left running on this data folder. The caller knows that the process is gone.
     *
     * @return whether there was one
     */
    public static boolean stopOrphaned(Path data) {
        Optional<Postmaster> leftOver = Postmaster.runningOn(cluster(data.toAbsolutePath()));
        leftOver.ifPresent(Postmaster::stop);
        return leftOver.isPresent();
    }

    /**
     * Gives a service a role and a schema of the same name. PostgreSQL's search path leads each role to the schema of its name, so a
     * service needs no more than its role. Can be repeated; the newest password counts.
     */
    public void addService(String name, String password) {
        ServiceSchema.create(jdbcUrl(), ADMINISTRATOR, "", name, password);
    }

    /** For JDBC, without user and password. */
    public String jdbcUrl() {
        return jdbcUrl(port());
    }

    /** The same for whoever reaches it at another port, where somebody forwards. */
    public static String jdbcUrl(int port) {
        return "jdbc:" + reactiveUrl(port);
    }

    /** For Vert.x clients (and psql), without user and password. */
    public String reactiveUrl() {
        return reactiveUrl(port());
    }

    /** The same for whoever reaches it at another port, where somebody forwards. */
    public static String reactiveUrl(int port) {
        return "postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE);
    }

    public int port() {
        return server.getPort();
    }

    /** Runs the action, on another thread, once the server's process is gone, whoever ended it. */
    public void onExit(Runnable action) {
        Postmaster.runningOn(cluster).ifPresentOrElse(server -> server.onExit(action), action);
    }

    /** Ends sessions, writes everything and returns when the server is gone. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            // What close() does not wait for: it gives up after 5 s and reports nothing.
            Postmaster.runningOn(cluster).ifPresent(Postmaster::stop);
            lock.close();
        }
    }

    private static Path cluster(Path data) {
        return data.resolve("cluster");
    }

    /** As we hold the folder's lock, whoever serves its cluster was left behind by a process that is gone. */
    private static void takeOver(Path cluster) throws IOException {
        Postmaster.runningOn(cluster).ifPresent(Postmaster::stop);
        Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    }

    private static EmbeddedPostgres launch(Path data, Path cluster, Path program, int port) {
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
        SETTINGS.forEach(builder::setServerConfig);
        try {
            return builder.start();
        } catch (IOException | IllegalStateException e) {
            throw new IllegalStateException("PostgreSQL did not start on port %d, see %s".formatted(port, log), e);
        }
    }
}
