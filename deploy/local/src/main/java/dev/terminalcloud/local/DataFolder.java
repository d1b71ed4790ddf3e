package dev.terminalcloud.local;

import dev.terminalcloud.embedded.EmbeddedDatabase;
import dev.terminalcloud.embedded.FolderLock;
import dev.terminalcloud.embedded.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Everything that the stack keeps between starts, and the right to it, which one stack has at a time. */
record DataFolder(Path path, FolderLock lock) {

    /** @throws StackException if another stack uses it, or it holds something else */
    static DataFolder take(Path path) {
        requireOurs(path);
        return FolderLock.tryAcquire(path)
                .map(lock -> new DataFolder(path, lock))
                .orElseThrow(() -> new StackException(
                        "Another stack runs on the data in %s: end it, or use another folder with --data"
                                .formatted(path)));
    }

    Path kafka() {
        return path.resolve("kafka");
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    /** PostgreSQL itself, unpacked once. */
    Path program() {
        return path.resolve("postgres-program");
    }

    Path devices() {
        return path.resolve("devices");
    }

    Logs logs() {
        return new Logs(path.resolve("logs"));
    }

    /**
     * Ends what a killed start left running, services before the database.
     *
     * @return whether there was anything
     */
    boolean endLeftovers() {
        boolean services = OrphanedProcesses.killAll(path);
        boolean database = EmbeddedDatabase.stopOrphaned(postgres());
        return services || database;
    }

    /** Deletes what is stored; what was only unpacked stays. */
    void clear() {
        Stream.of(kafka(), postgres(), devices()).forEach(Folders::deleteTree);
    }

    void release() {
        lock.close();
    }

    /** A mistyped --data with --fresh must not cost anybody a folder. */
    private static void requireOurs(Path path) {
        if (!Files.isDirectory(path) || Files.exists(path.resolve(FolderLock.FILE_NAME))) {
            return;
        }
        try (Stream<Path> content = Files.list(path)) {
            if (content.findAny().isPresent()) {
                throw new StackException(
                        "%s is not empty and holds no data of a local stack: use another folder with --data"
                                .formatted(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s can't be read".formatted(path), e);
        }
    }
}
