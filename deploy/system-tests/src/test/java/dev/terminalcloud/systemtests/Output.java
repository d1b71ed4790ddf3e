package dev.terminalcloud.systemtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The output of a process, readable while it runs. */
final class Output {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private Output() {}

    /** Reads on a separate thread until the process exits. */
    static Output of(Process process) {
        Output output = new Output();
        Thread reader = new Thread(() -> output.read(process), "output");
        reader.setDaemon(true);
        reader.start();
        return output;
    }

    private void read(Process process) {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(end of output: " + e.getMessage() + ")");
        }
    }

    /** Returns the newest match of the pattern in a line. */
    Optional<MatchResult> lastMatch(Pattern pattern) {
        return lines.stream().flatMap(line -> pattern.matcher(line).results()).reduce((earlier, later) -> later);
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
