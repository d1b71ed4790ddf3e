package dev.terminalcloud.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A running service process, its output redirected to its log. */
final class ServiceProcess {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    /** The gateway has stopped before, so no client still waits for an answer of a service. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration READINESS_INTERVAL = Duration.ofMillis(200);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(2);

    /**
     * Ctrl-C at the terminal reaches each process of the process group. The services must not stop by it themselves, or the order of
     * shutdown is lost: they ignore it, as an ignored signal stays ignored in what a shell executes, and stop on SIGTERM.
     */
    private static final List<String> IGNORE_TERMINAL_SIGNALS =
            List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    /** Low memory and a fast startup count for more here than peak performance. The README has the figures. */
    private static final List<String> JAVA_OPTIONS = List.of(
            "-Xmx128m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // Only our own build runs: no foreign byte code needs to be verified.
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote");

    private final Service service;
    private final Process process;
    private final Logs logs;

    private ServiceProcess(Service service, Process process, Logs logs) {
        this.service = service;
        this.process = process;
        this.logs = logs;
    }

    /**
     * Starts the process and returns at once.
     *
     * @param data the data folder of the stack, by which a later start finds the process if it is orphaned
     */
    static ServiceProcess start(Service service, Path data, Logs logs, Redirect output) {
        List<String> command = new ArrayList<>(IGNORE_TERMINAL_SIGNALS);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(OrphanedProcesses.mark(data));
        command.add("-Dterminalcloud.service=" + service.name());
        command.addAll(JAVA_OPTIONS);
        command.addAll(service.program());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(data.toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().putAll(service.environment());
        try {
            return new ServiceProcess(service, builder.start(), logs);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to start %s".formatted(service.name()), e);
        }
    }

    Service service() {
        return service;
    }

    long pid() {
        return process.pid();
    }

    /** Calls the watcher when the process has exited for any reason. */
    void onExit(Consumer<ServiceProcess> watcher) {
        CompletableFuture<Void> unused = process.onExit().thenAccept(ended -> watcher.accept(this));
    }

    /**
     * Returns when the service reports that it is ready.
     *
     * @throws StackException if it dies or takes too long
     */
    void awaitReady(HttpClient client) {
        Instant limit = Instant.now().plus(START_TIMEOUT);
        while (!isReady(client)) {
            if (exitsWithin(READINESS_INTERVAL)) {
                throw exitFailure();
            }
            if (Instant.now().isAfter(limit)) {
                throw new StackException("Timed out waiting for %s after %d s, see %s"
                        .formatted(service.name(), START_TIMEOUT.toSeconds(), logs.of(service.name())));
            }
        }
    }

    /** Returns the failure of a process that exited unexpectedly. */
    StackException exitFailure() {
        return new StackException("%s exited with code %d. The end of its log, %s:%n%n%s"
                .formatted(
                        service.name(),
                        process.exitValue(),
                        logs.of(service.name()),
                        logs.lastLines(service.name()).indent(4)));
    }

    /** Sends SIGTERM; {@link #stop()} waits for the exit. */
    void terminate() {
        process.destroy();
    }

    /** Stops the process, by force if it ignores SIGTERM for too long, and returns when it has exited. */
    void stop() {
        terminate();
        if (!exitsWithin(STOP_TIMEOUT)) {
            process.destroyForcibly();
            exitsWithin(STOP_TIMEOUT);
        }
    }

    private boolean isReady(HttpClient client) {
        HttpRequest request = HttpRequest.newBuilder(service.uri("/q/health/ready"))
                .timeout(RESPONSE_TIMEOUT)
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    private boolean exitsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }
}
