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

/** A service that runs as a process of its own, its output going to its log. */
final class ServiceProcess {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    /** The gateway has ended before, so nobody waits for an answer of a service any more. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration READINESS_INTERVAL = Duration.ofMillis(200);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(2);

    /**
     * Ctrl-C at the terminal reaches each process of the command. The services must not end by it themselves, or the order of ending
     * is lost: they ignore it, as an ignored signal stays ignored in what a shell executes, and end when they are told to.
     */
    private static final List<String> IGNORE_TERMINAL_SIGNALS =
            List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    /** Little memory and an early start count for more here than speed after minutes. The README has the figures. */
    private static final List<String> JAVA_OPTIONS = List.of(
            "-Xmx128m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // It is our own build that runs: nobody else's byte code needs to be verified.
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
     * Starts it and returns at once.
     *
     * @param data the data folder of the stack, by which a later start knows the process if it is left behind
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
            throw new UncheckedIOException("%s can't be started".formatted(service.name()), e);
        }
    }

    Service service() {
        return service;
    }

    long pid() {
        return process.pid();
    }

    /** Tells when the process has ended, however that came about. */
    void onExit(Consumer<ServiceProcess> watcher) {
        CompletableFuture<Void> unused = process.onExit().thenAccept(ended -> watcher.accept(this));
    }

    /**
     * Returns when it answers that it is ready.
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
                throw new StackException("%s is not ready after %d s, see %s"
                        .formatted(service.name(), START_TIMEOUT.toSeconds(), logs.of(service.name())));
            }
        }
    }

    /** What to tell when it has ended although nobody asked it to. */
    StackException exitFailure() {
        return new StackException("%s ended with exit code %d. Its log is %s and ends so:%n%n%s"
                .formatted(
                        service.name(),
                        process.exitValue(),
                        logs.of(service.name()),
                        logs.lastLines(service.name()).indent(4)));
    }

    /** Asks it to end; {@link #stop()} waits for that. */
    void terminate() {
        process.destroy();
    }

    /** Ends it, by force if it does not end when asked, and returns when it is gone. */
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
