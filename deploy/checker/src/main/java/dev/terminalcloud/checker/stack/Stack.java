package dev.terminalcloud.checker.stack;

import dev.terminalcloud.checker.shop.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A system of its own for one run, started by {@code deploy/local/run} with fresh data and free ports. */
public final class Stack implements AutoCloseable {
    private static final int START_MINUTES = 5;
    private static final int END_SECONDS = 60;
    private static final String MANY = "100000";
    private static final Pattern READY = Pattern.compile(".*\\bready$");
    private static final Pattern KAFKA = Pattern.compile(" +Kafka +([0-9.:]+)");
    private static final Pattern POSTGRES = Pattern.compile(" +PostgreSQL +(postgresql://[^ ,]+),.*");

    private final Process process;
    private final Path data;
    private final Address address;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile String kafka = "";
    private volatile String postgres = "";

    private Stack(Process process, Path data, Address address) {
        this.process = process;
        this.data = data;
        this.address = address;
    }

    /**
     * Starts it and returns when it is ready.
     *
     * @param home the root of the repository
     * @param folder where its data and what it prints go
     * @throws IllegalStateException if it does not come up
     */
    public static Stack start(Path home, Path folder, int replicas, int connectors, int devices) {
        int port = freePorts(1);
        int mqttPort = freePorts(connectors);
        Path data = folder.resolve("stack").toAbsolutePath().normalize();
        List<String> command = List.of(
                home.resolve("deploy/local/run").toString(),
                "--port=" + port,
                "--mqtt-port=" + mqttPort,
                "--data=" + data,
                "--replicas=" + replicas,
                "--connectors=" + connectors,
                "--devices=" + devices,
                "--no-device",
                "--fresh",
                "--restart");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            // All shops have one address, and a code that came late because something was away is a wrong one.
            builder.environment().put("PAIRING_WRONG_CODES_PER_REGISTER", MANY);
            builder.environment().put("PAIRING_WRONG_CODES_PER_ADDRESS", MANY);
            Process process = builder.start();
            Stack stack = new Stack(process, data, address(port, mqttPort, connectors));
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "end-stack"));
            stack.readInto(folder.resolve("stack.log"));
            stack.awaitReady();
            return stack;
        } catch (IOException e) {
            throw new UncheckedIOException("deploy/local/run can't be started", e);
        }
    }

    public Path data() {
        return data;
    }

    /** Each connector directly, and all of them through the gateway, which is the last. */
    public Address address() {
        return address;
    }

    public String kafka() {
        return kafka;
    }

    /** For JDBC. */
    public String database() {
        return "jdbc:" + postgres + "?user=postgres";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            // The second time it does not wait for held requests.
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroy();
            }
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static Address address(int port, int mqttPort, int connectors) {
        List<URI> ways = new ArrayList<>();
        for (int i = 0; i < connectors; i++) {
            ways.add(URI.create("mqtt://127.0.0.1:" + (mqttPort + i)));
        }
        ways.add(URI.create("ws://127.0.0.1:%d/device".formatted(port)));
        return new Address(URI.create("http://127.0.0.1:" + port), ways);
    }

    private void readInto(Path log) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines = process.inputReader()) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                            read(line);
                        }
                    } catch (IOException e) {
                        ready.completeExceptionally(e);
                    }
                    ready.completeExceptionally(new IOException("it has ended"));
                },
                "stack-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(String line) {
        found(KAFKA, line).ifPresent(match -> kafka = match);
        found(POSTGRES, line).ifPresent(match -> postgres = match);
        if (READY.matcher(line).matches()) {
            ready.completeOnTimeout(null, 1, TimeUnit.SECONDS);
        }
    }

    private static Optional<String> found(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
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
            throw new IllegalStateException("deploy/local/run did not come up, see stack.log beside " + data, e);
        }
    }

    /** The first of so many ports in a row that are free now. */
    private static int freePorts(int count) {
        while (true) {
            try (ServerSocket first = new ServerSocket(0)) {
                if (areFree(first.getLocalPort() + 1, count - 1)) {
                    return first.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("there is no free port", e);
            }
        }
    }

    private static boolean areFree(int port, int count) {
        if (count == 0) {
            return true;
        }
        try (ServerSocket taken = new ServerSocket(port)) {
            return areFree(taken.getLocalPort() + 1, count - 1);
        } catch (IOException e) {
            return false;
        }
    }
}
