package dev.terminalcloud.systemtests.posapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that a test runs to its end.
 *
 * @param folder the working folder, which also gets the output
 */
record Command(Path folder, List<String> words) {
    private static final int TIMEOUT_MINUTES = 5;

    static Command of(Path folder, String... words) {
        return new Command(folder, List.of(words));
    }

    Command with(String... more) {
        return new Command(
                folder, Stream.concat(words.stream(), Stream.of(more)).toList());
    }

    /** Runs it and returns its lines. Fails, with them, if it exits with another code than 0 or not within five minutes. */
    List<String> run() throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("REDOCLY_TELEMETRY", "off");
        builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        Process process = builder.start();
        boolean ended = process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue())
                .as("%s%n%s", words, String.join("\n", lines))
                .isZero();
        return lines;
    }
}
