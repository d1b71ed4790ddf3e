package dev.terminalcloud.systemtests;

import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.Site.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The whole system as a user starts it: {@code deploy/local/run} as a process, on free ports, with fresh data.
 *
 * <p>Each service has two replicas, unless stated otherwise; the name of the second one ends in {@code -2}. The launcher restarts a replica that exits.
 */
public final class LocalStack implements AutoCloseable {
    /** Lifetime of polling tokens on this stack: the 15 minutes of production are too long for a test. */
    public static final Duration TOKEN_LIFETIME = Duration.ofSeconds(145);

    /** The only vendor whose registers must send their pairing token. */
    public static final String STRICT_VENDOR = "Strict Vendor";

    /** More than there are tests, so that no test uses the device of another one. */
    private static final int DEVICES = 500;

    private static final int FEW_DEVICES = 20;

    private static final long FIRST_DEVICE = 7_000_000_001L;

    /** The devices after those of the other tests. */
    static final long FIRST_BENCHMARK_DEVICE = FIRST_DEVICE + DEVICES;

    static final int BENCHMARK_DEVICES = 5;

    /** The devices of the launcher and of the sandbox page. */
    private static final Set<Long> TAKEN =
            Set.of(FIRST_DEVICE, 7_000_000_017L, 7_000_000_018L, 7_000_000_019L, 7_000_000_020L);

    private static final Pattern READY = Pattern.compile("\\bready$");
    private static final String SECRET = "demo-device-secret";
    private static final Pattern CODE = Pattern.compile("/POS/Pairing/([0-9]{8})");

    private final int port;
    private final int mqttPort;
    private final int devices;
    private final Path folder;
    private final Process process;
    private final Output output;

    private LocalStack(int port, int mqttPort, int devices, Path folder, Process process, Output output) {
        this.port = port;
        this.mqttPort = mqttPort;
        this.devices = devices;
        this.folder = folder;
        this.process = process;
        this.output = output;
    }

    /** Starts the stack and returns when it is ready. */
    static LocalStack start() {
        return start(Installation.stackFolder(), DEVICES, "--replicas", "2");
    }

    /**
     * Starts a stack of its own whose services connect to Kafka and PostgreSQL as in production, with one replica of each. It traces each
     * request, and logs JSON.
     */
    static LocalStack startEncrypted() {
        return start(
                Installation.stackFolder().resolveSibling("encrypted-stack"), FEW_DEVICES, "--encrypted", "--traces");
    }

    /** Starts a stack of its own with one replica of each service, whose data the test takes away. */
    static LocalStack startForDisaster() {
        return start(Installation.stackFolder().resolveSibling("disaster-stack"), FEW_DEVICES);
    }

    private static LocalStack start(Path folder, int devices, String... options) {
        int port = freePort();
        int mqttPort = freePort();
        Path root = Installation.root();
        List<String> command = new ArrayList<>(List.of(
                root.resolve("deploy/local/run").toString(),
                "--port",
                Integer.toString(port),
                "--mqtt-port",
                Integer.toString(mqttPort),
                "--data",
                folder.toString(),
                "--devices",
                Integer.toString(devices + BENCHMARK_DEVICES),
                "--fresh",
                "--restart"));
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        if (List.of(options).contains("--traces")) {
            builder.environment().put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        }
        builder.environment().put("TRANSACTION_POLLING_TOKEN_LIFETIME", TOKEN_LIFETIME.toString());
        // The fuzz tests send faster than any register in the field.
        builder.environment().put("TRANSACTION_START_RATE_LIMIT_PER_SECOND", "100");
        builder.environment().put("TRANSACTION_START_RATE_LIMIT_BURST", "200");
        // They pair one device again and again.
        builder.environment().put("CONNECTOR_BUDGETS_PAIRING_CODE_INTERVAL", "0S");
        builder.environment().put("TRANSACTION_STRICT_VENDORS", STRICT_VENDOR);
        // The tests of limits and the fuzz tests send wrong codes beside those of all others.
        builder.environment().put("PAIRING_WRONG_CODES_ALERT_THRESHOLD_PER_MINUTE", "100000");
        builder.environment().put("PAIRING_WRONG_CODES_MAX_GUESS_WEIGHT_PER_DAY", "100000000");
        try {
            Process process = builder.start();
            LocalStack stack = new LocalStack(port, mqttPort, devices, folder, process, Output.of(process));
            stack.awaitReady();
            return stack;
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to start deploy/local/run", e);
        }
    }

    private void awaitReady() {
        await().atMost(TestTimeouts.START).until(() -> !process.isAlive() || isReady());
        if (!isReady()) {
            close();
            throw new IllegalStateException("deploy/local/run failed to start:\n" + output);
        }
    }

    private boolean isReady() {
        return output.lastMatch(READY).isPresent() && process.isAlive();
    }

    /** Returns the site with all devices that tests may use. */
    Site site() {
        URI http = URI.create("http://localhost:" + port);
        return new Site(
                http,
                http,
                Map.of(
                        Transport.TCP, URI.create("mqtt://localhost:" + mqttPort),
                        Transport.WEB_SOCKET, URI.create("ws://localhost:" + port + "/device")),
                LongStream.range(FIRST_DEVICE, FIRST_DEVICE + devices)
                        .filter(id -> !TAKEN.contains(id))
                        .mapToObj(id -> new Credentials(Long.toString(id), SECRET))
                        .toList());
    }

    /** Returns the folder with the logs of all processes. */
    Path logs() {
        return folder.resolve("logs");
    }

    /** Returns the folder of PostgreSQL's data. */
    Path postgres() {
        return folder.resolve("postgres");
    }

    /** Returns the newest pairing code of the launcher's own device. */
    String demoPairingCode() {
        return output.lastMatch(CODE)
                .map(match -> match.group(1))
                .orElseThrow(() -> new IllegalStateException("No pairing code was printed:\n" + output));
    }

    /** Returns the newest match in the printed lines. */
    public Optional<MatchResult> printed(Pattern pattern) {
        return output.lastMatch(pattern);
    }

    /** Kills the process of a service; the launcher starts another one. */
    ProcessHandle kill(String service) {
        ProcessHandle handle = service(service);
        handle.destroyForcibly();
        handle.onExit().join();
        return handle;
    }

    /** Sends SIGTERM to the process of a service, as a cluster does before it replaces the process. */
    ProcessHandle terminate(String service) {
        ProcessHandle handle = service(service);
        handle.destroy();
        return handle;
    }

    /** Waits until a replica other than this process is ready. */
    void awaitReplacementOf(ProcessHandle ended, String service) {
        Pattern ready = Pattern.compile(service + " ready on [^ ]+, process ([0-9]+)");
        await().atMost(TestTimeouts.START).until(() -> output.lastMatch(ready)
                .filter(match -> Long.parseLong(match.group(1)) != ended.pid())
                .isPresent());
    }

    /** Returns a variable of the environment of a service's process, on Linux. */
    public String variable(String service, String name) {
        Path environment = Path.of("/proc", Long.toString(service(service).pid()), "environ");
        try {
            return Stream.of(Files.readString(environment).split("\0", -1))
                    .filter(variable -> variable.startsWith(name + "="))
                    .map(variable -> variable.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No " + name + " in the environment of " + service));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessHandle service(String name) {
        return processes(name).findFirst().orElseThrow(() -> new IllegalStateException("No process of " + name));
    }

    /** Returns the running processes of a service. */
    Stream<ProcessHandle> processes(String name) {
        String mark = "-Dterminalcloud.service=" + name;
        return process.toHandle().descendants().filter(handle -> handle.info()
                .arguments()
                .filter(arguments -> List.of(arguments).contains(mark))
                .isPresent());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TestTimeouts.SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("deploy/local/run did not exit:\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    /** Returns a port that was free just now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
