package dev.terminalcloud.checker.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The command line and the environment of a process. Linux only.
 *
 * @param command its arguments
 * @param variables modifiable
 */
record ProcessEnvironment(List<String> command, Map<String, String> variables) {

    /** @throws java.nio.file.NoSuchFileException if the process has exited */
    static ProcessEnvironment of(ProcessHandle process) throws IOException {
        Map<String, String> variables = new TreeMap<>();
        words(process, "environ")
                .map(variable -> variable.split("=", 2))
                .forEach(variable -> variables.put(variable[0], variable[1]));
        return new ProcessEnvironment(words(process, "cmdline").toList(), variables);
    }

    private static Stream<String> words(ProcessHandle process, String file) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), file));
        return Arrays.stream(new String(bytes, StandardCharsets.UTF_8).split("\0"))
                .filter(word -> !word.isEmpty());
    }
}
