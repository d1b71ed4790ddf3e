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

/** A second connector with the index of a running one: started with the same command and environment, except for its ports. Linux only. */
final class DuplicateConnector {
    private static final String NAME = "-Dterminalcloud.service=";
    private static final List<String> PORTS =
            List.of("QUARKUS_MANAGEMENT_PORT", "CONNECTOR_MQTT_PORT", "CONNECTOR_WEB_SOCKET_PORT");

    private DuplicateConnector() {}

    /** Runs it for this time, unless it exits by itself, and returns when it has exited. */
    static void start(ProcessHandle connector, StackProcesses processes, Duration length) {
        try {
            ProcessEnvironment original = ProcessEnvironment.of(connector);
            List<String> command = original.command().stream()
                    .filter(argument -> !argument.startsWith(NAME))
                    .toList();
            Map<String, String> environment = original.variables();
            if (!command.contains(processes.mark())) {
                return;
            }
            for (String port : PORTS) {
                environment.put(port, Integer.toString(freePort()));
            }
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(
                            processes.logs().resolve("duplicate.log").toFile()));
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process duplicate = builder.start();
            try {
                Pause.sleep(length);
            } finally {
                duplicate.destroyForcibly().onExit().join();
            }
        } catch (NoSuchFileException e) {
            // Another fault has ended the process meanwhile.
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to start a second connector", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
