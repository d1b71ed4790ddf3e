package dev.terminalcloud.kubernetes.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pod that a workload makes.
 *
 * @param owner the workload
 * @param labels the labels of the pod
 * @param spec the specification of the pod
 */
public record Pod(Manifest owner, Map<String, String> labels, JsonNode spec) {
    /** Returns all containers, those that run before the others included. */
    public Stream<JsonNode> containers() {
        return Stream.concat(
                Manifest.elements(spec.path("initContainers")), Manifest.elements(spec.path("containers")));
    }

    /** Returns the names of the ports of all containers. */
    public Set<String> portNames() {
        return containers()
                .flatMap(container -> Manifest.elements(container.path("ports")))
                .map(port -> port.path("name").asText())
                .collect(Collectors.toSet());
    }

    /** Returns whether it ends by itself. */
    public boolean isJob() {
        return owner.isA("Job");
    }
}
