package dev.terminalcloud.systemtests.migrations;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.systemtests.Installation;
import dev.terminalcloud.systemtests.ProjectModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A migration file of Flyway.
 *
 * @param path the path from the root of the repository
 */
record Migration(String path, String sql) {
    /** Returns the migrations of all modules. */
    static List<Migration> all() {
        return ProjectModule.all().stream()
                .map(module -> module.folder().resolve("src/main/resources/db"))
                .filter(Files::isDirectory)
                .flatMap(Migration::in)
                .toList();
    }

    private static Stream<Migration> in(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(file ->
                            new Migration(Installation.root().relativize(file).toString(), read(file)))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the version in the name, {@code 20261122.01}: all have the same length, so their order as text is that of Flyway. */
    String version() {
        return name().substring(1, name().indexOf("__"));
    }

    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sql.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
