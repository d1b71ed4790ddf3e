package dev.terminalcloud.monitoring;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** {@code promtool}, which parses and evaluates rules as Prometheus does. */
final class Promtool {
    /** {@code required}: a test fails without promtool instead of being skipped. */
    private static final String VARIABLE = "TERMINAL_CLOUD_PROMTOOL";

    private Promtool() {}

    /** Its output, and its status: 0 if it has found nothing wrong. */
    record Result(int status, String output) {}

    /** Runs it in this folder; skips the test if it is missing, unless it is required. */
    static Result run(Path folder, String... arguments) {
        Optional<Path> promtool = find();
        Assumptions.assumeTrue(
                promtool.isPresent() || "required".equals(System.getenv(VARIABLE)), "promtool is not on the PATH");
        List<String> command = new ArrayList<>();
        command.add(promtool.orElseThrow(() -> new IllegalStateException(
                        "promtool is not on the PATH. Install it (Debian: prometheus), or unset " + VARIABLE))
                .toString());
        command.addAll(List.of(arguments));
        return run(folder, command);
    }

    private static Result run(Path folder, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
