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

/** The processes of a local stack, found by the marks on their command lines, and PostgreSQL's by its pid file. */
public final class StackProcesses {
    private final String stackMark;
    private final Path cluster;
    private final Path logs;

    /** @param data the stack's data folder */
    public StackProcesses(Path data) {
        this.stackMark = "-Dterminalcloud.data=" + data;
        this.logs = data.resolve("logs");
        this.cluster = data.resolve("postgres").resolve("cluster");
    }

    /** Where operators work, if a transaction-service lives now. */
    public Optional<AdminApi> adminApi() {
        try {
            for (ProcessHandle service : of(Component.TRANSACTION_SERVICE)) {
                Map<String, String> variables = ProcessEnvironment.of(service).variables();
                String password = variables.get("ADMINISTRATION_PASSWORD");
                if (password != null) {
                    URI address = URI.create("http://127.0.0.1:" + variables.get("QUARKUS_HTTP_PORT"));
                    return Optional.of(new AdminApi(address, password));
                }
            }
        } catch (IOException ended) {
            // It was killed meanwhile.
        }
        return Optional.empty();
    }

    /** Those of a part that live now. */
    List<ProcessHandle> of(Component part) {
        return part == Component.DATABASE ? database() : services(part);
    }

    static void kill(ProcessHandle process) {
        signal("KILL", process);
    }

    /** The argument by which a local stack, once it is started again, finds what was left of it. */
    String mark() {
        return stackMark;
    }

    Path logs() {
        return logs;
    }

    /** In order, as whoever runs it would. */
    static void terminate(Component part, ProcessHandle process) {
        // Upon SIGTERM PostgreSQL waits for as long as anybody is connected.
        signal(part == Component.DATABASE ? "INT" : "TERM", process);
    }

    /** With those that it has started. */
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
                    .filter(this::servesOurCluster)
                    .stream()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file may be half written, or name a process that is another's by now. */
    private boolean servesOurCluster(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("postgres") && line.contains(cluster.toString()))
                .isPresent();
    }

    /** Through kill(1): Java knows no other signals than TERM and KILL. One that is gone meanwhile is none. */
    private static void signal(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("kill -%s %d can't be run".formatted(name, process.pid()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
