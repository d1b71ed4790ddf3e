package dev.terminalcloud.systemtests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/**
 * A base backup and an archive of the write-ahead log, by PostgreSQL's low-level API, as the programs for backups use it: the manual of
 * PostgreSQL, "Continuous Archiving and Point-in-Time Recovery".
 */
final class DatabaseBackup {
    private final String url;
    private final Path cluster;
    private final Path backup;
    private final Path archive;

    /** @param folder of PostgreSQL's data, in which the launcher restarts it when it exits */
    DatabaseBackup(String url, Path folder) {
        this.url = url;
        this.cluster = folder.resolve("cluster");
        this.backup = folder.resolve("base-backup");
        this.archive = folder.resolve("archive");
    }

    /** Restarts PostgreSQL with an archive, and makes a base backup while it is in use. */
    void begin() throws SQLException, IOException {
        Files.createDirectories(archive);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("alter system set archive_mode = 'on'");
            statement.execute("alter system set archive_command = 'cp %%p %s/%%f'".formatted(archive));
        }
        StoppedServices.signal("INT", postmaster());
        awaitTrue("select current_setting('archive_mode') = 'on'");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('rehearsal', true)");
            Files.walkFileTree(cluster, new Copy());
            Files.writeString(
                    backup.resolve("backup_label"), text(statement, "select labelfile from pg_backup_stop()"));
        }
    }

    /** Returns the current time of the database. */
    String now() throws SQLException {
        return query("select clock_timestamp()");
    }

    /** Returns a time of the database as Kafka and this process know it. */
    Instant instant(String time) throws SQLException {
        return Instant.ofEpochMilli(Long.parseLong(
                query("select cast(extract(epoch from cast('%s' as timestamptz)) * 1000 as bigint)".formatted(time))));
    }

    /** Returns when all that was committed so far is in the archive. */
    void archiveAll() throws SQLException {
        String segment = query("select pg_walfile_name(pg_switch_wal())");
        await().atMost(TestTimeouts.TIMEOUT).until(() -> Files.exists(archive.resolve(segment)));
    }

    /** Replaces the database with the backup and what happened until that time, and returns when it is in use. */
    void restore(String time) throws IOException, SQLException {
        Files.createFile(backup.resolve("recovery.signal"));
        Files.writeString(
                backup.resolve("postgresql.auto.conf"),
                """
                restore_command = 'cp %s/%%f %%p'
                recovery_target_time = '%s'
                recovery_target_action = 'promote'
                """
                        .formatted(archive, time),
                StandardOpenOption.APPEND);
        ProcessHandle lost = postmaster();
        Files.move(cluster, cluster.resolveSibling("lost-cluster"));
        Files.move(backup, cluster);
        StoppedServices.signal("KILL", lost);
        lost.onExit().join();
        awaitTrue("select not pg_is_in_recovery() and current_setting('recovery_target_time') <> ''");
    }

    /** Returns the only column of the only row as text. */
    String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return text(statement, sql);
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void awaitTrue(String condition) {
        await().atMost(TestTimeouts.TIMEOUT)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> query(condition).equals("t"));
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    private ProcessHandle postmaster() throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(cluster.resolve("postmaster.pid"))
                        .get(0)
                        .strip()))
                .orElseThrow();
    }

    /** Copies all but what belongs to the running process, and the log, which is in the archive. */
    private final class Copy extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Files.createDirectory(
                    copyOf(folder), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            boolean isLog = file.startsWith(cluster.resolve("pg_wal"));
            if (!isLog && !file.getFileName().toString().startsWith("postmaster.")) {
                try {
                    Files.copy(file, copyOf(file), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (NoSuchFileException deletedMeanwhile) {
                    return FileVisitResult.CONTINUE;
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw new UncheckedIOException(failure);
        }

        private Path copyOf(Path file) {
            return backup.resolve(cluster.relativize(file));
        }
    }
}
