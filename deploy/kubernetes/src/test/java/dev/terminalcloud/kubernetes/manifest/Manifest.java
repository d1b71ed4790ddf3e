package dev.terminalcloud.kubernetes.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A Kubernetes object as it is sent to the cluster. */
public record Manifest(JsonNode json) {
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet", "Job");

    public String apiVersion() {
        return text("/apiVersion");
    }

    public String kind() {
        return text("/kind");
    }

    public String name() {
        return text("/metadata/name");
    }

    public boolean isA(String kind) {
        return kind().equals(kind);
    }

    /** Returns the node at the JSON pointer, or a missing node. */
    public JsonNode at(String pointer) {
        return json.at(pointer);
    }

    /** Returns the text at the JSON pointer, or an empty text. */
    public String text(String pointer) {
        return at(pointer).asText();
    }

    /** Returns the elements of the array at the JSON pointer. */
    public Stream<JsonNode> each(String pointer) {
        return elements(at(pointer));
    }

    /** Returns the pods that this object makes itself, none if it is not a workload. */
    public Optional<Pod> pod() {
        return WORKLOADS.contains(kind())
                ? Optional.of(new Pod(this, labels(at("/spec/template/metadata/labels")), at("/spec/template/spec")))
                : Optional.empty();
    }

    /** Returns the elements of an array, none of anything else. */
    public static Stream<JsonNode> elements(JsonNode array) {
        return array.isArray() ? StreamSupport.stream(array.spliterator(), false) : Stream.empty();
    }

    /** Returns labels, or other texts by their names. */
    public static Map<String, String> labels(JsonNode object) {
        Map<String, String> labels = new TreeMap<>();
        object.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    /** Returns kind and name, as in messages. */
    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
