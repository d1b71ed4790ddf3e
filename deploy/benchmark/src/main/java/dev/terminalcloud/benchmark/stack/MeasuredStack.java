package dev.terminalcloud.benchmark.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes of a running local stack and their addresses, found on this Linux machine by the stack's data folder.
 *
 * @param data the data folder
 * @param services the service processes by name: {@code kafka}, {@code transaction-service}, {@code transaction-service-2} and so on
 * @param launcher the process with the gateway
 * @param postmaster the main process of PostgreSQL
 * @param postgresPort the port of PostgreSQL on 127.0.0.1
 */
public record MeasuredStack(
        Path data,
        Map<String, ProcessHandle> services,
        ProcessHandle launcher,
        ProcessHandle postmaster,
        int postgresPort) {
    static final String KAFKA = "kafka";
    static final String POSTGRES = "postgresql";
    private static final String NAME = "-Dterminalcloud.service=";
    private static final String TRANSACTION = "transaction-service";

    /**
     * Finds the processes.
     *
     * @throws IOException if no stack runs on this data
     */
    public static MeasuredStack on(Path data) throws IOException {
        String mark = "-Dterminalcloud.data=" + data;
        Map<String, ProcessHandle> services = ProcessHandle.allProcesses()
                .filter(process -> arguments(process).contains(mark))
                .collect(Collectors.toMap(MeasuredStack::name, process -> process, (one, other) -> one));
        Optional<ProcessHandle> launcher = services.values().stream()
                .flatMap(process -> process.parent().stream())
                .findFirst();
        Path pidFile = data.resolve("postgres/cluster/postmaster.pid");
        if (launcher.isEmpty() || !Files.exists(pidFile)) {
            throw new IOException("No local stack runs on the data in " + data);
        }
        // postmaster.pid: process id, data folder, start time, port
        List<String> postmaster = Files.readAllLines(pidFile);
        ProcessHandle database = ProcessHandle.of(Long.parseLong(postmaster.get(0)))
                .orElseThrow(() -> new IOException("PostgreSQL does not run"));
        return new MeasuredStack(data, services, launcher.get(), database, Integer.parseInt(postmaster.get(3)));
    }

    /** Returns the address of the gateway. */
    public URI gateway() throws IOException {
        return URI.create(environment(TRANSACTION).get("PUBLIC_URL"));
    }

    /** Returns the addresses of the replicas of transaction-service, past the gateway. */
    public List<URI> transactionServices() throws IOException {
        return addresses(TRANSACTION, "QUARKUS_HTTP_PORT", "http");
    }

    /** Returns the addresses at which the connectors accept MQTT over TCP. */
    public List<URI> connectors() throws IOException {
        return addresses("device-connector", "CONNECTOR_MQTT_PORT", "mqtt");
    }

    /** Returns the JVM options of the services. */
    public List<String> javaOptions() {
        return arguments(services.get(TRANSACTION)).stream()
                .filter(argument -> argument.startsWith("-X"))
                .toList();
    }

    public String kafkaAddress() throws IOException {
        return "127.0.0.1:" + environment(KAFKA).get("BROKER_PORT");
    }

    /** Returns the URL of the database for JDBC, with its superuser, who needs no password. */
    public String jdbcUrl() {
        return "jdbc:" + postgresUrl();
    }

    /** Returns the URL of the database for Vert.x clients. */
    public String postgresUrl() {
        return "postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(postgresPort);
    }

    /** Returns the processes by part: replicas are one part, and so are all processes of PostgreSQL. */
    public Map<String, List<ProcessHandle>> parts() {
        Map<String, List<ProcessHandle>> parts = new LinkedHashMap<>();
        parts.put("gateway", List.of(launcher));
        services.entrySet().stream()
                .collect(Collectors.groupingBy(
                        service -> part(service.getKey()),
                        TreeMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())))
                .forEach(parts::put);
        parts.put(
                POSTGRES,
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList());
        return parts;
    }

    private List<URI> addresses(String part, String portVariable, String scheme) throws IOException {
        List<String> names = services.keySet().stream()
                .filter(name -> part(name).equals(part))
                .sorted()
                .toList();
        Stream.Builder<URI> addresses = Stream.builder();
        for (String name : names) {
            addresses.add(URI.create(
                    "%s://127.0.0.1:%s".formatted(scheme, environment(name).get(portVariable))));
        }
        return addresses.build().toList();
    }

    /** Reads the configuration of a service from its environment, proc(5). */
    private Map<String, String> environment(String service) throws IOException {
        ProcessHandle process = services.get(service);
        if (process == null) {
            throw new IOException("No process of " + service);
        }
        String variables = Files.readString(
                Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
        return Arrays.stream(variables.split("\0"))
                .map(variable -> variable.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, other) -> one));
    }

    private static String part(String service) {
        return service.replaceFirst("-[0-9]+$", "");
    }

    private static String name(ProcessHandle process) {
        return arguments(process).stream()
                .filter(argument -> argument.startsWith(NAME))
                .map(argument -> argument.substring(NAME.length()))
                .findFirst()
                .orElse("unknown");
    }

    private static List<String> arguments(ProcessHandle process) {
        return process.info().arguments().map(List::of).orElse(List.of());
    }
}
