package dev.terminalcloud.local;

import dev.terminalcloud.local.rollout.Container.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A running service process, its output redirected to its log. */
final class ServiceProcess implements RunningProcess {
    /**
     * The time without any movement after which a process that is to stop is killed. The gateway has stopped before, so no client still
     * waits for an answer of a service.
     */
    private static final Duration STOP_STALL_LIMIT = Duration.ofSeconds(20);

    /** The time after which a process that moves but does not stop is killed all the same. */
    private static final Duration MAX_STOP_TIME = Duration.ofMinutes(2);

    private static final Duration PROBE_INTERVAL = Duration.ofMillis(200);

    /**
     * Ctrl-C at the terminal reaches each process of the process group. The services must not stop by it themselves, or the order of
     * shutdown is lost: they ignore it, as an ignored signal stays ignored in what a shell executes, and stop on SIGTERM.
     */
    private static final List<String> IGNORE_TERMINAL_SIGNALS =
            List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

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
     * @param javaOptions the JVM options, which the program of the service may override
     * @param data the data folder of the stack, by which a later start finds the process if it is orphaned
     */
    static ServiceProcess start(Service service, List<String> javaOptions, Path data, Logs logs, Redirect output) {
        List<String> command = new ArrayList<>(IGNORE_TERMINAL_SIGNALS);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(OrphanedProcesses.mark(data));
        command.add("-Dterminalcloud.service=" + service.name());
        command.addAll(javaOptions);
        command.addAll(service.debugOptions());
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
     * @throws StackException if it dies, or if nothing of it moves for too long
     */
    void awaitReady(HttpClient client, StartupWait wait) {
        Readiness readiness = Readiness.of(service, client);
        while (!readiness.isReady()) {
            if (exitsWithin(PROBE_INTERVAL)) {
                throw exitFailure();
            }
            wait.check(observe(readiness.state()));
            readiness = Readiness.of(service, client);
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
    @Override
    public void terminate() {
        process.destroy();
    }

    @Override
    public void kill() {
        process.destroyForcibly();
    }

    /** Stops the process, by force if it ignores SIGTERM or no longer moves, and returns when it has exited. */
    void stop() {
        terminate();
        long startNanos = System.nanoTime();
        StallDetector detector = new StallDetector(STOP_STALL_LIMIT, observe(""), startNanos);
        while (!exitsWithin(PROBE_INTERVAL)) {
            long now = System.nanoTime();
            if (detector.isStalled(observe(""), now) || now - startNanos > MAX_STOP_TIME.toNanos()) {
                kill();
            }
        }
    }

    private ProgressSample observe(String state) {
        return new ProgressSample(
                state,
                logs.of(service.name()).toFile().length(),
                process.info().totalCpuDuration().orElse(Duration.ZERO));
    }

    @Override
    public boolean exitsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }
}
