package dev.terminalcloud.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * The image of a service, as {@code Containerfile} describes it: user 10001, and {@code java} with the options of production.
 *
 * @param name the name with the tag
 * @param base the image to begin with, as an archive; empty for an image that has only the root file system
 * @param root the folder with the root file system: the JRE and what it needs
 * @param application the folder with the service, its options and its AOT cache
 */
public record ServiceImage(String name, Optional<Path> base, Path root, Path application) {
    private static final String APPLICATION = "/app";
    private static final List<String> ENTRYPOINT =
            List.of("java", "@/app/java.options", "-jar", "/app/quarkus-run.jar");

    /**
     * Writes the image as an archive that {@code docker load} reads.
     *
     * @throws IOException if a file can't be read or written
     */
    public void write(Path archive) throws IOException {
        try {
            JibContainerBuilder image = base.isPresent() ? Jib.from(TarImage.at(base.get())) : Jib.fromScratch();
            image.addFileEntriesLayer(layer("runtime", root, "/"))
                    .addFileEntriesLayer(layer("application", application, APPLICATION))
                    .setEnvironment(Map.of("PATH", "/opt/java/bin:/usr/bin:/bin", "LANG", "C.UTF-8"))
                    .setUser("10001:10001")
                    .setEntrypoint(ENTRYPOINT)
                    .containerize(
                            Containerizer.to(TarImage.at(archive).named(name)).setOfflineMode(true));
        } catch (ExecutionException e) {
            throw new IOException("Failed to write " + archive, e.getCause());
        } catch (InvalidImageReferenceException e) {
            throw new IllegalArgumentException("Image name must be name:tag, was " + name, e);
        } catch (CacheDirectoryCreationException | RegistryException e) {
            throw new IOException("Failed to write " + archive, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    /** Files keep their times: the AOT cache is valid for files with these times only. */
    private static FileEntriesLayer layer(String name, Path folder, String target) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted().filter(each -> !each.equals(folder)).toList()) {
                layer.addEntry(
                        file,
                        AbsoluteUnixPath.get(target)
                                .resolve(folder.relativize(file).toString()),
                        FilePermissions.fromPosixFilePermissions(Files.getPosixFilePermissions(file)),
                        Files.getLastModifiedTime(file).toInstant());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return layer.build();
    }
}
