package dev.terminalcloud.local;

import dev.terminalcloud.embedded.EmbeddedDatabase;
import dev.terminalcloud.embedded.FolderLock;
import dev.terminalcloud.embedded.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The folder of everything that the stack keeps between starts, locked: one stack uses it at a time. */
record DataFolder(Path path, FolderLock lock) {

    /** @throws StackException if another stack uses the folder, or it contains other files */
    static DataFolder take(Path path) {
        requireOurs(path);
        return FolderLock.tryAcquire(path)
                .map(lock -> new DataFolder(path, lock))
                .orElseThrow(() -> new StackException(
                        "Another stack uses the data in %s. Stop it, or choose another folder with --data"
                                .formatted(path)));
    }

    Path kafka() {
        return path.resolve("kafka");
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    /** Returns the folder of the PostgreSQL program, unpacked once. */
    Path program() {
        return path.resolve("postgres-program");
    }

    /** Returns the folder of the certificates of one start. */
    Path tls() {
        return path.resolve("tls");
    }

    /** Returns the folder of the environments of services that run outside the stack. */
    Path environments() {
        return path.resolve("environments");
    }

    Path devices() {
        return path.resolve("devices");
    }

    Logs logs() {
        return new Logs(path.resolve("logs"));
    }

    /** Returns the size of all that PostgreSQL consists of, which grows while it is unpacked, initialised or started. */
    long databaseBytes() {
        return Folders.sizeOf(program()) + Folders.sizeOf(postgres());
    }

    /**
     * Stops the processes that an earlier, killed start left running, services before the database.
     *
     * @return whether there were any
     */
    boolean endLeftovers() {
        boolean services = OrphanedProcesses.killAll(path);
        boolean database = EmbeddedDatabase.stopOrphaned(postgres());
        return services || database;
    }

    /** Deletes the stored data; the unpacked program stays. */
    void clear() {
        Stream.of(kafka(), postgres(), devices()).forEach(Folders::deleteTree);
    }

    void release() {
        lock.close();
    }

    /** Prevents that a mistyped --data with --fresh deletes an unrelated folder. */
    private static void requireOurs(Path path) {
        if (!Files.isDirectory(path) || Files.exists(path.resolve(FolderLock.FILE_NAME))) {
            return;
        }
        try (Stream<Path> content = Files.list(path)) {
            if (content.findAny().isPresent()) {
                throw new StackException(
                        "%s is not empty and contains no data of a local stack. Choose another folder with --data"
                                .formatted(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to read %s".formatted(path), e);
        }
    }
}
