package dev.terminalcloud.checker.fault;

import dev.terminalcloud.checker.workload.AdminApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes of a local stack, found by the marks on their command lines; that of PostgreSQL by its pid file. */
public final class StackProcesses {
    private final String stackMark;
    private final Path cluster;
    private final Path logs;
    private final Path kafka;

    /** @param data the stack's data folder */
    public StackProcesses(Path data) {
        this.stackMark = "-Dterminalcloud.data=" + data;
        this.logs = data.resolve("logs");
        this.kafka = data.resolve("kafka");
        this.cluster = data.resolve("postgres").resolve("cluster");
    }

    /** Returns the administration API of a transaction-service that is running, if any. */
    public Optional<AdminApi> adminApi() {
        try {
            for (ProcessHandle service : of(Component.TRANSACTION_SERVICE)) {
                Map<String, String> variables = ProcessEnvironment.of(service).variables();
                String password = variables.get("ADMINISTRATION_PASSWORD");
                if (password != null) {
                    URI address = URI.create("http://127.0.0.1:" + variables.get("ADMINISTRATION_PORT"));
                    return Optional.of(new AdminApi(address, password));
                }
            }
        } catch (IOException ended) {
            // The process was killed meanwhile.
        }
        return Optional.empty();
    }

    /** Takes its data away from Kafka and kills it: its replacement starts without any. */
    void loseKafka() {
        try {
            Files.move(kafka, kafka.resolveSibling("kafka-lost-" + System.nanoTime()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        of(Component.BROKER).forEach(StackProcesses::kill);
    }

    /** Returns the running processes of a component. */
    List<ProcessHandle> of(Component part) {
        return part == Component.DATABASE ? database() : services(part);
    }

    static void kill(ProcessHandle process) {
        signal("KILL", process);
    }

    /** The argument by which a restarted local stack finds orphaned processes. */
    String mark() {
        return stackMark;
    }

    Path logs() {
        return logs;
    }

    /** Shuts the process down gracefully, as its operator would. */
    static void terminate(Component part, ProcessHandle process) {
        // Upon SIGTERM PostgreSQL waits until no client is connected.
        signal(part == Component.DATABASE ? "INT" : "TERM", process);
    }

    /** Stops the process together with its descendants. */
    static void stop(ProcessHandle process) {
        tree(process).forEach(one -> signal("STOP", one));
    }

    static void resume(ProcessHandle process) {
        tree(process).forEach(one -> signal("CONT", one));
    }

    private static List<ProcessHandle> tree(ProcessHandle process) {
        List<ProcessHandle> tree = new ArrayList<>(List.of(process));
        process.descendants().forEach(tree::add);
        return tree;
    }

    private List<ProcessHandle> services(Component part) {
        return ProcessHandle.allProcesses()
                .filter(process -> isReplica(argumentsOf(process), part))
                .toList();
    }

    private boolean isReplica(List<String> arguments, Component part) {
        return arguments.contains(stackMark) && names(part).anyMatch(arguments::contains);
    }

    private static Stream<String> names(Component part) {
        return Stream.of("", "-2", "-3", "-4", "-5", "-6", "-7", "-8")
                .map(suffix -> "-Dterminalcloud.service=" + part + suffix);
    }

    private static List<String> argumentsOf(ProcessHandle process) {
        return process.info().arguments().map(List::of).orElse(List.of());
    }

    private List<ProcessHandle> database() {
        try (Stream<String> lines = Files.lines(cluster.resolve("postmaster.pid"))) {
            return lines
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("[0-9]{1,18}"))
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                    .filter(ProcessHandle::isAlive)
                    .filter(this::servesCluster)
                    .stream()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file may be half written, or the process id may belong to another process by now. */
    private boolean servesCluster(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("postgres") && line.contains(cluster.toString()))
                .isPresent();
    }

    /** Runs kill(1), since Java can send only TERM and KILL. A process that has exited meanwhile is ignored. */
    private static void signal(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to run kill -%s %d".formatted(name, process.pid()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
