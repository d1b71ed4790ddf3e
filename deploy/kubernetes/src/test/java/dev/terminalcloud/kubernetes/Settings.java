package dev.terminalcloud.kubernetes;

import dev.terminalcloud.kubernetes.manifest.Manifest;
import dev.terminalcloud.kubernetes.manifest.Manifests;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The file of the production overlay that an installation fills.
 *
 * @param values the settings, with the list of secrets
 */
record Settings(Map<String, String> values) {
    private static final String SECRETS = "secrets";

    static Settings read(Path file) {
        return new Settings(
                Manifest.labels(Manifests.parse(Project.read(file)).all().get(0).at("/data")));
    }

    /** Returns the keys of each secret that must exist before, each with the empty name for the whole secret. */
    Map<String, Set<String>> secrets() {
        return values.get(SECRETS)
                .lines()
                .map(line -> line.split(": "))
                .collect(Collectors.toMap(parts -> parts[0], parts -> {
                    Set<String> keys = new HashSet<>(Arrays.asList(parts[1].split(", ")));
                    keys.add("");
                    return keys;
                }));
    }

    /** Returns the settings that are copied into objects. */
    Set<String> copied() {
        Set<String> copied = new HashSet<>(values.keySet());
        copied.remove(SECRETS);
        return copied;
    }
}
