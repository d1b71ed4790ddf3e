package dev.terminalcloud.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The PostgreSQL server process of a cluster folder. It is a daemon, so it outlives a Java process that is killed. */
record Postmaster(ProcessHandle process) {
    private static final String PID_FILE = "postmaster.pid";
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

    /** Returns the server that runs on this cluster, found by its pid file; empty if that process has exited, or the pid belongs to another. */
    static Optional<Postmaster> runningOn(Path cluster) {
        return pid(cluster)
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(process -> serves(process, cluster))
                .map(Postmaster::new);
    }

    /**
     * Stops the server by PostgreSQL's "fast" shutdown, which ends all sessions and writes all data. If that takes too long, it stops
     * the server immediately, and the next start recovers from the write-ahead log.
     */
    void stop() {
        signal("INT");
        if (!exitsWithin(SHUTDOWN_TIMEOUT)) {
            signal("QUIT");
            exitsWithin(SHUTDOWN_TIMEOUT);
        }
    }

    /** Runs the action, on another thread, when the process has exited. */
    void onExit(Runnable action) {
        CompletableFuture<Void> unused = process.onExit().thenRunAsync(action);
    }

    private static Optional<Long> pid(Path cluster) {
        Path file = cluster.resolve(PID_FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(file)) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("\\d{1,18}"))
                    .map(Long::valueOf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean serves(ProcessHandle process, Path cluster) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("postgres") && line.contains(cluster.toString()))
                .isPresent();
    }

    /** Sends the signal with kill(1): Java can only send SIGTERM, upon which PostgreSQL waits until all clients have disconnected. */
    private void signal(String name) {
        try {
            new ProcessBuilder(List.of("kill", "-" + name, Long.toString(process.pid())))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to run kill -%s %d".formatted(name, process.pid()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean exitsWithin(Duration time) {
        try {
            process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
