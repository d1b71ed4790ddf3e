package dev.terminalcloud.connector.fake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * HAProxy with the documented configuration of the load balancer of devices, of which only addresses and intervals are changed, before one
 * port of a connector.
 */
public final class Haproxy implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Path DOCUMENTED = Path.of("../deploy/kubernetes/examples/haproxy-devices.cfg");
    private static final int MAX_CONNECTIONS = 1_000;
    private static final int CHECKS_UNTIL_UP = 50;

    /** On a busy machine many checks take longer than their interval, and so fail. */
    private static final int CHECKS_UNTIL_DOWN = 100_000;

    private static final int STATE_COLUMN = 5;
    private static final String UP = "2";

    private final Process process;
    private final int port;
    private final int commandPort;

    private Haproxy(Process process, int port, int commandPort) {
        this.process = process;
        this.port = port;
        this.commandPort = commandPort;
    }

    /** Returns whether it is on this machine, or the environment requires it. */
    public static boolean isAvailable() {
        return program().isPresent() || "required".equals(System.getenv("TERMINAL_CLOUD_GATEWAYS"));
    }

    /** Debian's package installs it in a folder that is not on the PATH of users. */
    private static Optional<Path> program() {
        return Stream.of("/usr/sbin/haproxy", "/usr/bin/haproxy", "/usr/local/sbin/haproxy")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it; returns when it accepts connections.
     *
     * @param source the address from which it connects to the connector
     * @param checks the options of its health checks
     * @param folder an empty one
     */
    public static Haproxy start(int connectorPort, String source, Checks checks, Path folder) throws IOException {
        List<Integer> ports = Port.free(2);
        int port = ports.get(0);
        int commandPort = ports.get(1);
        String text = Files.readString(DOCUMENTED);
        text = replaced(
                text,
                "maxconn 100000",
                "maxconn %d\n    stats socket 127.0.0.1:%d level admin".formatted(MAX_CONNECTIONS, commandPort));
        text = replaced(text, "bind :8883", "bind 127.0.0.1:" + port);
        text = replaced(text, "bind :80\n", "bind 127.0.0.2:" + port + "\n");
        text = replaced(
                text,
                "server-template connector 64 device-connector.terminal-cloud.svc.cluster.local:8883 resolvers cluster"
                        + " init-addr none",
                "server connector 127.0.0.1:%d source %s inter 20 rise %d fall %d"
                        .formatted(connectorPort, source, CHECKS_UNTIL_UP, CHECKS_UNTIL_DOWN));
        text = replaced(text, Checks.DOCUMENTED.options, checks.options);
        return start(Files.writeString(folder.resolve("haproxy.cfg"), text), port, commandPort);
    }

    private static Haproxy start(Path configuration, int port, int commandPort) throws IOException {
        Path log = configuration.resolveSibling("haproxy.log");
        String program = program()
                .orElseThrow(() -> new IllegalStateException("HAProxy is not installed"))
                .toString();
        Process process = new ProcessBuilder(program, "-db", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Haproxy started = new Haproxy(process, port, commandPort);
        Awaitility.await().atMost(TIMEOUT).until(() -> !process.isAlive() || started.isAccepting());
        if (!process.isAlive()) {
            throw new IllegalStateException("HAProxy has exited:\n" + Files.readString(log));
        }
        return started;
    }

    /** The options of health checks. */
    public enum Checks {
        DOCUMENTED("check check-ssl verify none"),
        /** They open a connection and close it, as those of many load balancers do. */
        WITHOUT_TLS("check");

        private final String options;

        Checks(String options) {
            this.options = options;
        }
    }

    /** Returns the port for devices. */
    public int port() {
        return port;
    }

    /** Takes the connector for down until so many health checks in a row have succeeded that it is up again. */
    public void awaitSuccessfulChecks() throws IOException {
        assertThat(command("set server connectors/connector health down")).isBlank();
        Awaitility.await().atMost(TIMEOUT).until(this::isUp);
    }

    private boolean isUp() throws IOException {
        return command("show servers state connectors")
                .lines()
                .map(line -> line.split(" ", -1))
                .anyMatch(columns -> columns.length > STATE_COLUMN && columns[STATE_COLUMN].equals(UP));
    }

    private String command(String line) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), commandPort)) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.getOutputStream().write((line + "\n").getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private boolean isAccepting() {
        try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), commandPort)) {
            return connected.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static String replaced(String text, String documented, String here) {
        assertThat(text).containsOnlyOnce(documented);
        return text.replace(documented, here);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
