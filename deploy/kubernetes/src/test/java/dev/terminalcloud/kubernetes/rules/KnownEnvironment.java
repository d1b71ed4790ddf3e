package dev.terminalcloud.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.kubernetes.manifest.Manifest;
import dev.terminalcloud.kubernetes.manifest.Manifests;
import dev.terminalcloud.kubernetes.manifest.Pod;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Each environment variable is one that the program of the image reads, and is named where it is set. */
public final class KnownEnvironment implements Rule {
    private final Map<String, Predicate<String>> variables;

    /** @param variables which variables each image knows, by the last part of its name */
    public KnownEnvironment(Map<String, Predicate<String>> variables) {
        this.variables = Map.copyOf(variables);
    }

    @Override
    public Stream<String> violations(Manifests manifests) {
        return manifests.pods().flatMap(pod -> pod.containers().flatMap(container -> ofContainer(pod, container)));
    }

    private Stream<String> ofContainer(Pod pod, JsonNode container) {
        Predicate<String> known = variables.getOrDefault(OwnImages.name(container), variable -> false);
        Stream<String> unknown = Manifest.elements(container.path("env"))
                .map(variable -> variable.path("name").asText())
                .filter(known.negate())
                .map(variable -> "%s: %s is unknown to %s".formatted(pod.owner(), variable, OwnImages.name(container)));
        Stream<String> unnamed = container.has("envFrom")
                ? Stream.of("%s: envFrom must not be set: name each variable".formatted(pod.owner()))
                : Stream.empty();
        return Stream.concat(unknown, unnamed);
    }
}
