package dev.terminalcloud.embedded.test;

import dev.terminalcloud.embedded.EmbeddedDatabase;
import dev.terminalcloud.embedded.EmbeddedKafka;
import dev.terminalcloud.embedded.FolderLock;
import dev.terminalcloud.embedded.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Real servers without a container engine, with their data in a folder for this process below {@code target}. */
final class EmbeddedServers {
    private static final Path HOME = Path.of("target", "test-infrastructure").toAbsolutePath();
    private static final String KAFKA = "kafka";
    private static final String POSTGRES = "postgres";

    private EmbeddedServers() {}

    static String kafka() {
        return EmbeddedKafka.start(OwnFolder.PATH.resolve(KAFKA), 0).bootstrapServers();
    }

    static DatabaseAddress postgres() {
        EmbeddedDatabase database =
                EmbeddedDatabase.start(OwnFolder.PATH.resolve(POSTGRES), HOME.resolve("program"), 0);
        Runtime.getRuntime().addShutdownHook(new Thread(database::close, "test-database-end"));
        return new DatabaseAddress(database.reactiveUrl(), EmbeddedDatabase.ADMINISTRATOR, "");
    }

    /** The folder of this process; acquiring it deletes the folders of processes that have exited, or were killed. */
    private static final class OwnFolder {
        static final Path PATH = take();

        /** Held as long as this process lives, so that no other process deletes the folder. */
        @SuppressWarnings("unused")
        private static final Optional<FolderLock> LOCK = FolderLock.tryAcquire(PATH);

        private static Path take() {
            try {
                Files.createDirectories(HOME);
                sweep();
                return HOME.resolve("process-" + ProcessHandle.current().pid());
            } catch (IOException e) {
                throw new UncheckedIOException("Failed to use %s".formatted(HOME), e);
            }
        }

        private static void sweep() throws IOException {
            try (Stream<Path> folders = Files.list(HOME)) {
                List<Path> processes = folders.filter(
                                folder -> folder.getFileName().toString().startsWith("process-"))
                        .toList();
                processes.forEach(OwnFolder::removeUnlessInUse);
            }
        }

        private static void removeUnlessInUse(Path folder) {
            FolderLock.tryAcquire(folder).ifPresent(lock -> {
                try (lock) {
                    EmbeddedDatabase.stopOrphaned(folder.resolve(POSTGRES));
                }
                Folders.deleteTree(folder);
            });
        }
    }
}
