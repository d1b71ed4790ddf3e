package dev.terminalcloud.checker.fault;

import dev.terminalcloud.checker.shop.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A second connector with the index of one that runs: started as that one was, but for its ports. For Linux. */
final class Rival {
    private static final String NAME = "-Dterminalcloud.service=";
    private static final List<String> PORTS =
            List.of("QUARKUS_HTTP_PORT", "CONNECTOR_MQTT_PORT", "CONNECTOR_WEB_SOCKET_PORT");

    private Rival() {}

    /** Runs it for so long, unless it ends by itself, and returns when it is gone. */
    static void of(ProcessHandle connector, Processes processes, Duration length) {
        try {
            List<String> command = words(connector, "cmdline")
                    .filter(argument -> !argument.startsWith(NAME))
                    .toList();
            Map<String, String> environment = new TreeMap<>();
            words(connector, "environ")
                    .map(variable -> variable.split("=", 2))
                    .forEach(variable -> environment.put(variable[0], variable[1]));
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
            Process rival = builder.start();
            try {
                Pause.of(length);
            } finally {
                rival.destroyForcibly().onExit().join();
            }
        } catch (NoSuchFileException e) {
            // It has ended meanwhile, for another fault.
        } catch (IOException e) {
            throw new UncheckedIOException("a second connector can't be started", e);
        }
    }

    private static Stream<String> words(ProcessHandle process, String file) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), file));
        return Arrays.stream(new String(bytes, StandardCharsets.UTF_8).split("\0"))
                .filter(word -> !word.isEmpty());
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
