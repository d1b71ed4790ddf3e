package dev.terminalcloud.local;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The processes of all services from startup to shutdown; if one exits in between, reports the failure or restarts it. */
final class RunningServices {
    private final Path data;
    private final List<String> javaOptions;
    private final Logs logs;
    private final boolean restart;
    private final HttpClient client;
    private final Progress progress;
    private final CompletableFuture<StackException> failure;
    private final Map<String, ServiceProcess> processes = new HashMap<>();
    private boolean ending;

    /** @param failure completed when a process has died and is not restarted */
    RunningServices(
            Options options,
            Logs logs,
            HttpClient client,
            Progress progress,
            CompletableFuture<StackException> failure) {
        this.data = options.data();
        this.javaOptions = options.profile().serviceOptions();
        this.restart = options.restart();
        this.logs = logs;
        this.client = client;
        this.progress = progress;
        this.failure = failure;
    }

    /**
     * Starts all services concurrently and returns when each is ready.
     *
     * @throws StackException if one dies, or if nothing of it moves for too long
     */
    void start(List<Service> services) {
        services.forEach(
                service -> start(service, Redirect.to(logs.of(service.name()).toFile())));
        List<CompletableFuture<Void>> ready = processes().stream()
                .map(process -> CompletableFuture.runAsync(() -> awaitReady(process), RunningServices::onItsOwnThread))
                .toList();
        try {
            CompletableFuture.anyOf(allOf(ready), anyFailure(ready)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StackException expected ? expected : e;
        }
    }

    /**
     * Starts a process that its caller watches and stops; {@link #end()} stops it, too.
     *
     * @return empty if all are stopping
     */
    synchronized Optional<ServiceProcess> launch(Service service) {
        return ending ? Optional.empty() : Optional.of(launch(service, output(service)));
    }

    private Redirect output(Service service) {
        File log = logs.of(service.name()).toFile();
        return processes.containsKey(service.name()) ? Redirect.appendTo(log) : Redirect.to(log);
    }

    private ServiceProcess launch(Service service, Redirect output) {
        ServiceProcess process = ServiceProcess.start(service, javaOptions, data, logs, output);
        processes.put(service.name(), process);
        return process;
    }

    /** Sends SIGTERM to all processes and returns when they have exited. */
    synchronized void end() {
        ending = true;
        processes.values().forEach(ServiceProcess::terminate);
        processes.values().forEach(ServiceProcess::stop);
    }

    private synchronized Optional<ServiceProcess> start(Service service, Redirect output) {
        if (ending) {
            return Optional.empty();
        }
        ServiceProcess process = launch(service, output);
        service.debugPort()
                .ifPresent(
                        port -> progress.step("%s accepts a debugger on 127.0.0.1:%d".formatted(service.name(), port)));
        process.onExit(this::ended);
        return Optional.of(process);
    }

    private synchronized List<ServiceProcess> processes() {
        return new ArrayList<>(processes.values());
    }

    private synchronized boolean isEnding() {
        return ending;
    }

    private void awaitReady(ServiceProcess process) {
        Service service = process.service();
        String advice = "Read its log, %s, and what %s answers; then start again"
                .formatted(logs.of(service.name()), service.readiness());
        // A debugger may halt the process for as long as its developer wants.
        StartupWait wait = service.debugPort().isPresent()
                ? StartupWait.unlimited(service.name(), progress)
                : StartupWait.begin(service.name(), advice, progress);
        process.awaitReady(client, wait);
        progress.step("%s ready on %s, process %d".formatted(service.name(), service.uri(), process.pid()));
    }

    private void ended(ServiceProcess process) {
        if (isEnding()) {
            return;
        }
        if (!restart) {
            failure.complete(process.exitFailure());
            return;
        }
        Service service = process.service();
        progress.step("%s exited, restarting".formatted(service.name()));
        start(service, Redirect.appendTo(logs.of(service.name()).toFile()))
                .ifPresent(next -> onItsOwnThread(() -> announce(next)));
    }

    private void announce(ServiceProcess process) {
        try {
            awaitReady(process);
        } catch (StackException e) {
            progress.step(e.getMessage());
        }
    }

    private static CompletableFuture<Void> allOf(List<CompletableFuture<Void>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }

    /** Returns a future that completes only if one of these fails, and then at once. */
    private static CompletableFuture<Void> anyFailure(List<CompletableFuture<Void>> futures) {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        futures.forEach(future -> future.exceptionally(e -> {
            failed.completeExceptionally(e);
            return null;
        }));
        return failed;
    }

    private static void onItsOwnThread(Runnable work) {
        Thread thread = new Thread(work, "await-service");
        thread.setDaemon(true);
        thread.start();
    }
}
