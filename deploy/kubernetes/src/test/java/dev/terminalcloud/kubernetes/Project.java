package dev.terminalcloud.kubernetes;

import dev.terminalcloud.kubernetes.configuration.ServiceVariables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The files of this project that the manifests have to agree with. */
final class Project {
    /** The folder of the manifests. */
    static final Path MANIFESTS = Path.of("").toAbsolutePath();

    static final Path ROOT = MANIFESTS.getParent().getParent();

    private static final Set<String> SERVICES = Set.of("pairing-service", "transaction-service", "device-connector");
    private static final Pattern SHELL_VARIABLE = Pattern.compile("\\$\\{?([A-Z][A-Z0-9_]+)");

    private Project() {}

    /** Returns the names of the images: those of the services, and those with a folder of their own. */
    static Set<String> images() {
        Set<String> images = new HashSet<>(SERVICES);
        images.addAll(Set.of("kafka", "postgresql", "gateway"));
        images.removeIf(image -> !SERVICES.contains(image)
                && !Files.isRegularFile(
                        ROOT.resolve("deploy/images").resolve(image).resolve("Containerfile")));
        return images;
    }

    /** Returns the environment variables that the program of each image reads. */
    static Map<String, Predicate<String>> variables() {
        Map<String, Predicate<String>> variables = new HashMap<>();
        SERVICES.forEach(service -> variables.put(service, ServiceVariables.of(ROOT.resolve(service))));
        variables.put("kafka", "JDK_JAVA_OPTIONS"::equals);
        variables.put(
                "postgresql", shellVariables(ROOT.resolve("deploy/images/postgresql/start-postgresql"))::contains);
        return variables;
    }

    private static Set<String> shellVariables(Path script) {
        return SHELL_VARIABLE
                .matcher(read(script))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
