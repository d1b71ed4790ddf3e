package dev.terminalcloud.checker.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A separate file system for one folder, in memory, that can be filled to the last byte. Only root can mount one. */
public final class SizeLimitedDisk implements AutoCloseable {
    private static final int BLOCK = 1 << 20;
    private static final String FILLER = "filler";

    private final Path folder;

    private SizeLimitedDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts a disk at the folder; empty if this user must not. */
    public static Optional<SizeLimitedDisk> at(Path folder, String size) {
        try {
            Files.createDirectories(folder);
            return run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString())
                    ? Optional.of(new SizeLimitedDisk(folder))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void fill() {
        byte[] block = new byte[BLOCK];
        try (OutputStream filler = Files.newOutputStream(folder.resolve(FILLER))) {
            while (true) {
                filler.write(block);
            }
        } catch (IOException full) {
            // The disk is full, as intended.
        }
    }

    void clear() {
        try {
            Files.deleteIfExists(folder.resolve(FILLER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        run("umount", "-l", folder.toString());
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
