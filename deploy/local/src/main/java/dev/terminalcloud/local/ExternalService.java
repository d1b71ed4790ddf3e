package dev.terminalcloud.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A service that runs outside the stack, started by a developer with the environment that this writes into a file. It may stop and start
 * again at any time; each change is printed.
 */
final class ExternalService implements AutoCloseable {
    private static final long PROBE_INTERVAL_MILLIS = 500;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Service service;
    private final Path exports;
    private final HttpClient client;
    private final Progress progress;
    private final CountDownLatch closed = new CountDownLatch(1);

    private ExternalService(Service service, Path exports, HttpClient client, Progress progress) {
        this.service = service;
        this.exports = exports;
        this.client = client;
        this.progress = progress;
    }

    /**
     * Writes the environment of the service as a file of {@code export} lines, which only the owner can read, and prints how to use it.
     *
     * @param folder the folder of the file, which has the name of the service and ends in {@code .sh}
     */
    static ExternalService announce(Service service, Path folder, HttpClient client, Progress progress) {
        Path exports = folder.resolve(service.name() + ".sh");
        write(exports, exports(service));
        progress.step("%s is yours to start; its environment is in %s:".formatted(service.name(), exports));
        progress.block("""

                  . '%s' && ./mvnw -pl %s -am quarkus:dev
                """
                .formatted(exports, service.name()));
        return new ExternalService(service, exports, client, progress);
    }

    /**
     * Waits without a limit until the service is ready, and from then on prints when it is not ready, and when it is again.
     *
     * @param failure completed when the stack fails, which ends the wait
     * @throws StackException the failure, or if the stack stops
     */
    void awaitReady(CompletableFuture<StackException> failure) {
        StartupWait wait = StartupWait.unlimited(service.name(), progress);
        Readiness readiness = Readiness.of(service, client);
        while (!readiness.isReady()) {
            if (isClosedWithin(PROBE_INTERVAL_MILLIS)) {
                throw new StackException("Stopped while waiting for %s".formatted(service.name()));
            }
            if (failure.isDone()) {
                throw failure.join();
            }
            wait.check(ProgressSample.of(readiness.state(), 0));
            readiness = Readiness.of(service, client);
        }
        progress.step("%s ready on %s, outside the stack".formatted(service.name(), service.uri()));
        Thread watcher = new Thread(this::watch, "watch-" + service.name());
        watcher.setDaemon(true);
        watcher.start();
    }

    private void watch() {
        boolean wasReady = true;
        while (!isClosedWithin(PROBE_INTERVAL_MILLIS)) {
            Readiness readiness = Readiness.of(service, client);
            if (readiness.isReady() != wasReady && closed.getCount() > 0) {
                progress.step("%s: %s".formatted(service.name(), readiness.state()));
            }
            wasReady = readiness.isReady();
        }
    }

    /** Stops watching, and deletes the file, whose passwords and ports end with the stack. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Files.deleteIfExists(exports);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to delete %s".formatted(exports), e);
        }
    }

    private boolean isClosedWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String exports(Service service) {
        Map<String, String> environment = new TreeMap<>(service.environment());
        // In development mode Hibernate logs an error for each column whose type differs from its own proposal.
        environment.put("QUARKUS_HIBERNATE_ORM_VALIDATE_IN_DEV_MODE", "false");
        return environment.entrySet().stream()
                .map(entry -> "export " + entry.getKey() + "=" + quoted(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    /** Returns the text as one word of a shell, whatever it contains. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to write %s".formatted(file), e);
        }
    }
}
