package dev.terminalcloud.checker.stack;

import dev.terminalcloud.checker.fault.RolloutClient;
import dev.terminalcloud.checker.fault.RunFailedException;
import dev.terminalcloud.checker.fault.SizeLimitedDisk;
import dev.terminalcloud.checker.proxy.TcpProxies;
import dev.terminalcloud.checker.workload.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A separate system for one run, started by {@code deploy/local/run} with fresh data and free ports. */
public final class Stack implements AutoCloseable {
    /** The stack itself gives up before, if nothing moves. */
    private static final int START_MINUTES = 15;

    private static final int STOP_SECONDS = 240;
    private static final String RATE_LIMITS_OFF = "100000";

    private final Process process;
    private final Path data;
    private final Address address;
    private final TcpProxies proxies;
    private final Optional<SizeLimitedDisk> disk;
    private final Optional<RolloutClient> rollouts;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final StackOutput output = new StackOutput();

    private Stack(
            Process process,
            Path data,
            Address address,
            TcpProxies proxies,
            Optional<SizeLimitedDisk> disk,
            Optional<Integer> rolloutPort) {
        this.process = process;
        this.data = data;
        this.address = address;
        this.proxies = proxies;
        this.disk = disk;
        this.rollouts = rolloutPort.map(port -> new RolloutClient(URI.create("http://127.0.0.1:" + port)));
    }

    /**
     * Starts the stack and returns when it is ready.
     *
     * @param home the root of the repository
     * @param folder the folder of its data and its output
     * @throws RunFailedException if the stack does not start
     */
    public static Stack start(Path home, Path folder, StackSize size) {
        int port = FreePorts.find(1);
        int mqttPort = FreePorts.find(size.mqttPorts());
        int postgresPort = FreePorts.find(1);
        int proxyPort = FreePorts.find(TcpProxies.ports(size.processes()));
        Optional<Integer> rolloutPort = size.rollouts() ? Optional.of(FreePorts.find(1)) : Optional.empty();
        Path data = folder.resolve("stack").toAbsolutePath().normalize();
        Optional<SizeLimitedDisk> disk = size.diskSize().flatMap(bytes -> mountDisk(data, bytes));
        TcpProxies proxies = TcpProxies.open(proxyPort, size.processes(), size.connectors(), postgresPort);
        List<String> command = new ArrayList<>(List.of(
                home.resolve("deploy/local/run").toString(),
                "--port=" + port,
                "--mqtt-port=" + mqttPort,
                "--kafka-port=" + FreePorts.find(1),
                "--postgres-port=" + postgresPort,
                "--data=" + data,
                "--replicas=" + size.replicas(),
                "--connectors=" + size.connectors(),
                "--devices=" + size.devices(),
                "--proxy-ports=" + proxyPort,
                "--clock-skew=" + size.clockSkew(),
                "--no-device",
                "--restart"));
        rolloutPort.ifPresent(chosen -> command.add("--rollouts=" + chosen));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            // All merchants have one address, and a code that arrives late because a service was unavailable counts as
            // a wrong one.
            builder.environment().put("PAIRING_WRONG_CODES_MAX_PER_REGISTER", RATE_LIMITS_OFF);
            builder.environment().put("PAIRING_WRONG_CODES_MAX_PER_ADDRESS", RATE_LIMITS_OFF);
            builder.environment().put("CONNECTOR_BUDGETS_PAIRING_CODE_INTERVAL", "0S");
            Process process = builder.start();
            Stack stack =
                    new Stack(process, data, address(port, mqttPort, size.mqttPorts()), proxies, disk, rolloutPort);
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop-stack"));
            stack.readInto(folder.resolve("stack.log"));
            stack.awaitReady();
            return stack;
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to start deploy/local/run", e);
        }
    }

    public Path data() {
        return data;
    }

    /** Returns the addresses: each connector or their load balancer, and as the last one the gateway, which leads to all of them. */
    public Address address() {
        return address;
    }

    public TcpProxies proxies() {
        return proxies;
    }

    /** Returns the disk of Kafka, if it has a separate one. */
    public Optional<SizeLimitedDisk> disk() {
        return disk;
    }

    /** Returns the planned changes, if it was started for them. */
    public Optional<RolloutClient> rollouts() {
        return rollouts;
    }

    /** Returns the addresses of Kafka for a client. */
    public String kafka() {
        return output.kafka();
    }

    /** Returns the JDBC URL of the database. */
    public String database() {
        return "jdbc:" + output.postgres() + "?user=postgres";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            // Upon the second signal it does not wait for held requests.
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroy();
            }
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        proxies.close();
        disk.ifPresent(SizeLimitedDisk::close);
    }

    /** The file {@code lock} makes the folder a data folder of the stack. */
    private static Optional<SizeLimitedDisk> mountDisk(Path data, String size) {
        try {
            Files.createDirectories(data);
            Files.createFile(data.resolve("lock"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SizeLimitedDisk.at(data.resolve("kafka"), size);
    }

    private static Address address(int port, int mqttPort, int mqttPorts) {
        List<URI> devices = new ArrayList<>();
        for (int i = 0; i < mqttPorts; i++) {
            devices.add(URI.create("mqtt://127.0.0.1:" + (mqttPort + i)));
        }
        devices.add(URI.create("ws://127.0.0.1:%d/device".formatted(port)));
        return new Address(URI.create("http://127.0.0.1:" + port), devices);
    }

    private void readInto(Path log) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines = process.inputReader()) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                            if (output.read(line)) {
                                ready.complete(null);
                            }
                        }
                    } catch (IOException e) {
                        ready.completeExceptionally(e);
                    }
                    ready.completeExceptionally(new IOException("the process exited"));
                },
                "stack-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void awaitReady() {
        try {
            ready.get(START_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new RunFailedException("deploy/local/run failed to start, see stack.log beside " + data, e);
        }
    }
}
