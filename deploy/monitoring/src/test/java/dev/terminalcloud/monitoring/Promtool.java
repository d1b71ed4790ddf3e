package dev.terminalcloud.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    start(new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true));
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** The operating system looks for it on the PATH. */
    private static Process start(ProcessBuilder command) {
        try {
            return command.start();
        } catch (IOException e) {
            Assumptions.assumeTrue("required".equals(System.getenv(VARIABLE)), "promtool is not on the PATH");
            throw new UncheckedIOException(
                    "promtool is not on the PATH. Install it (Debian: prometheus), or unset " + VARIABLE, e);
        }
    }
}
