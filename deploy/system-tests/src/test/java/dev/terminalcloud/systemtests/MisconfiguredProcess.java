package dev.terminalcloud.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One more process of a service of a running stack, with the environment of the first but for one variable, and ports of its own, on Linux.
 *
 * @param exitCode its exit code
 * @param output the lines that it printed
 */
record MisconfiguredProcess(int exitCode, List<String> output) {
    private static final List<String> PORTS = List.of(
            "QUARKUS_HTTP_PORT",
            "QUARKUS_MANAGEMENT_PORT",
            "ADMINISTRATION_PORT",
            "CONNECTOR_MQTT_PORT",
            "CONNECTOR_WEB_SOCKET_PORT");

    /**
     * Starts it; returns when it has exited.
     *
     * @param change returns the other value of the variable; null to remove it
     */
    static MisconfiguredProcess run(
            LocalStack stack, String service, String variable, UnaryOperator<String> change, Path folder)
            throws Exception {
        Path running = Path.of(
                "/proc",
                Long.toString(stack.processes(service).findFirst().orElseThrow().pid()));
        ProcessBuilder builder =
                new ProcessBuilder(texts(running.resolve("cmdline")).toList());
        Map<String, String> environment = builder.environment();
        environment.clear();
        texts(running.resolve("environ"))
                .map(text -> text.split("=", 2))
                .forEach(pair -> environment.put(pair[0], pair[1]));
        PORTS.forEach(port -> environment.put(port, Integer.toString(LocalStack.freePort())));
        String value = change.apply(environment.remove(variable));
        if (value != null) {
            environment.put(variable, value);
        }
        Path output = folder.resolve(variable + ".log");
        Process process = builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(TestTimeouts.START.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(service + " goes on:\n" + Files.readString(output));
            }
            return new MisconfiguredProcess(process.exitValue(), Files.readAllLines(output, UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Stream<String> texts(Path file) throws IOException {
        return Stream.of(Files.readString(file).split("\0", -1)).filter(text -> !text.isEmpty());
    }

    /** Returns the lines that match. */
    List<String> lines(String pattern) {
        return output.stream().filter(Pattern.compile(pattern).asPredicate()).toList();
    }
}
