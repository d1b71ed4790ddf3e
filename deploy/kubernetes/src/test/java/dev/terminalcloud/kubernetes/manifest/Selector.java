package dev.terminalcloud.kubernetes.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A selector of pods by their labels. An empty one selects each pod.
 *
 * @param json {@code matchLabels} and {@code matchExpressions}
 */
public record Selector(JsonNode json) {
    /** Returns whether pods with the labels are selected. */
    public boolean matches(Map<String, String> labels) {
        return labels.entrySet()
                        .containsAll(Manifest.labels(json.path("matchLabels")).entrySet())
                && Manifest.elements(json.path("matchExpressions"))
                        .allMatch(expression -> satisfies(labels, expression));
    }

    private static boolean satisfies(Map<String, String> labels, JsonNode expression) {
        String value = labels.get(expression.path("key").asText());
        String operator = expression.path("operator").asText();
        boolean listed = Manifest.elements(expression.path("values"))
                .anyMatch(allowed -> allowed.asText().equals(value));
        return switch (operator) {
            case "In" -> listed;
            case "NotIn" -> !listed;
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> throw new IllegalArgumentException("Unknown operator: " + operator);
        };
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
