package dev.terminalcloud.systemtests.posapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program that runs while the test goes on, with what it has printed. */
record ExampleProgram(Process process, Path output) implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    static ExampleProgram start(Path folder, List<String> command) throws IOException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // Java decodes its arguments with the first, and starts faster with the second.
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        return new ExampleProgram(builder.start(), output);
    }

    /** Waits until it has printed a line that begins with this text, and returns the rest of the line. */
    String awaitLine(String beginning) {
        return await().alias(beginning)
                .atMost(TIMEOUT)
                .until(() -> line(beginning), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<String> line(String beginning) {
        return lines().stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .findFirst();
    }

    /** Waits for its exit, and returns the last line. */
    String lastLine() throws InterruptedException {
        boolean ended = process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        assertThat(ended).as("ended: %s", this).isTrue();
        List<String> lines = lines();
        assertThat(lines).isNotEmpty();
        return lines.get(lines.size() - 1);
    }

    List<String> lines() {
        try {
            return Files.readAllLines(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }

    @Override
    public void close() {
        kill();
    }

    /** Kills it, with the programs that it has started. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
