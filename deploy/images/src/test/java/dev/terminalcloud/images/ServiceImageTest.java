package dev.terminalcloud.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images are written and read again. */
class ServiceImageTest {
    private static final Instant MODIFIED = Instant.parse("2026-01-02T03:04:05Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path root;
    private Path application;

    @BeforeEach
    void createFolders() throws IOException {
        root = folder.resolve("root");
        application = folder.resolve("application");
        Path java = write(root.resolve("opt/java/bin/java"), "a program");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        write(application.resolve("quarkus-run.jar"), "a jar");
    }

    @Test
    void imageRunsServiceAsUserWithoutPrivileges() throws IOException {
        JsonNode configuration =
                configuration(read(image("base:1", Optional.empty()))).path("config");

        assertThat(configuration.path("User").asText()).isEqualTo("10001:10001");
        assertThat(configuration.path("Entrypoint").toString())
                .isEqualTo("[\"java\",\"@/app/java.options\",\"-jar\",\"/app/quarkus-run.jar\"]");
        assertThat(configuration.path("Env").toString()).contains("PATH=/opt/java/bin");
    }

    @Test
    void filesKeepTimesAndPermissions() throws IOException {
        Map<String, TarArchiveEntry> files = files(read(image("base:1", Optional.empty())));

        assertThat(files.get("opt/java/bin/java").getMode() & 0777).isEqualTo(0755);
        assertThat(files.get("app/quarkus-run.jar").getLastModifiedTime().toInstant())
                .isEqualTo(MODIFIED);
    }

    @Test
    void imageCanBeginWithAnother() throws IOException {
        Path base = image("base:1", Optional.empty());
        write(application.resolve("more"), "more");

        Map<String, byte[]> derived = read(image("derived:2", Optional.of(base)));

        assertThat(manifest(derived).path("RepoTags").toString()).isEqualTo("[\"derived:2\"]");
        assertThat(manifest(derived).path("Layers")).hasSize(4);
        assertThat(files(derived)).containsKey("app/more");
    }

    @Test
    void invalidNameIsRejected() {
        assertThatThrownBy(() -> image("Not A Name", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Image name must be name:tag, was Not A Name");
    }

    private Path image(String name, Optional<Path> base) throws IOException {
        Path archive = folder.resolve(name.replace(':', '-') + ".tar");
        new ServiceImage(name, base, root, application).write(archive);
        return archive;
    }

    private static Path write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
    }

    private static JsonNode manifest(Map<String, byte[]> image) throws IOException {
        return JSON.readTree(image.get("manifest.json")).get(0);
    }

    private static JsonNode configuration(Map<String, byte[]> image) throws IOException {
        return JSON.readTree(image.get(manifest(image).path("Config").asText()));
    }

    private static Map<String, TarArchiveEntry> files(Map<String, byte[]> image) throws IOException {
        Map<String, TarArchiveEntry> files = new TreeMap<>();
        for (JsonNode layer : manifest(image).path("Layers")) {
            try (TarArchiveInputStream tar = new TarArchiveInputStream(
                    new GZIPInputStream(new ByteArrayInputStream(image.get(layer.asText()))))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    files.put(entry.getName(), entry);
                }
            }
        }
        return files;
    }

    private static Map<String, byte[]> read(Path archive) throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        try (InputStream file = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(file)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                content.put(entry.getName(), tar.readAllBytes());
            }
        }
        return content;
    }
}
