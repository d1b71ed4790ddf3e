package dev.terminalcloud.embedded.test;

import java.nio.file.Files;
import java.nio.file.Path;

/** The files of the repository, for tests, which run in the folder of their module. */
final class Repository {
    private Repository() {}

    /** Finds a file upwards from the folder of the test. */
    static Path find(Path file) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(file))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "No " + file + " above " + Path.of("").toAbsolutePath());
            }
        }
        return folder.resolve(file);
    }
}
