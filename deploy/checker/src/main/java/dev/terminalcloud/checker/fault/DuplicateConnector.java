package dev.terminalcloud.checker.fault;

import dev.terminalcloud.checker.workload.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A second connector with the index of one that runs: started as that one was, but for its ports. For Linux. */
final class DuplicateConnector {
    private static final String NAME = "-Dterminalcloud.service=";
    private static final List<String> PORTS =
            List.of("QUARKUS_HTTP_PORT", "CONNECTOR_MQTT_PORT", "CONNECTOR_WEB_SOCKET_PORT");

    private DuplicateConnector() {}

    /** Runs it for so long, unless it ends by itself, and returns when it is gone. */
    static void start(ProcessHandle connector, StackProcesses processes, Duration length) {
        try {
            ProcessEnvironment as = ProcessEnvironment.of(connector);
            List<String> command = as.command().stream()
                    .filter(argument -> !argument.startsWith(NAME))
                    .toList();
            Map<String, String> environment = as.variables();
            if (!command.contains(processes.mark())) {
                return;
            }
            for (String port : PORTS) {
                environment.put(port, Integer.toString(freePort()));
            }
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(
                            processes.logs().resolve("rival.log").toFile()));
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process duplicate = builder.start();
            try {
                Pause.sleep(length);
            } finally {
                duplicate.destroyForcibly().onExit().join();
            }
        } catch (NoSuchFileException e) {
            // It has ended meanwhile, for another fault.
        } catch (IOException e) {
            throw new UncheckedIOException("a second connector can't be started", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
