package dev.terminalcloud.kubernetes.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * The environment variables that Quarkus' extensions read at each start, by the description that each extension's jar contains. Keys that
 * are fixed when a service is built are not among them: setting them has no effect.
 *
 * @param names the variables
 * @param patterns the variables with a name in the middle, of a log category for example
 */
record QuarkusVariables(Set<String> names, List<Pattern> patterns) {
    private static final String DESCRIPTION = "META-INF/quarkus-config-doc/quarkus-config-model.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME_IN_THE_MIDDLE = Pattern.compile("__[A-Z0-9_]+?__");

    /** Reads the descriptions in those of the jars that have one. */
    static QuarkusVariables read(List<Path> jars) {
        Set<String> variables = new TreeSet<>();
        try {
            for (Path path : jars) {
                try (JarFile jar = new JarFile(path.toFile())) {
                    JarEntry description = jar.getJarEntry(DESCRIPTION);
                    if (description != null) {
                        try (InputStream content = jar.getInputStream(description)) {
                            add(JSON.readTree(content), variables);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Pattern> patterns = variables.stream()
                .filter(variable -> NAME_IN_THE_MIDDLE.matcher(variable).find())
                .map(variable ->
                        Pattern.compile(NAME_IN_THE_MIDDLE.matcher(variable).replaceAll("__[A-Z0-9_]+__")))
                .toList();
        return new QuarkusVariables(variables, patterns);
    }

    boolean contains(String variable) {
        return names.contains(variable)
                || patterns.stream()
                        .anyMatch(pattern -> pattern.matcher(variable).matches());
    }

    private static void add(JsonNode node, Set<String> variables) {
        if (node.path("phase").asText().equals("RUN_TIME")) {
            variables.add(node.at("/path/environmentVariable").asText());
            node.path("additionalPaths")
                    .forEach(path ->
                            variables.add(path.path("environmentVariable").asText()));
        }
        node.forEach(child -> add(child, variables));
    }
}
