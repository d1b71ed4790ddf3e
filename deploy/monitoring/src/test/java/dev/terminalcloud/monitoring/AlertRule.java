package dev.terminalcloud.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * A rule of {@code alerts.yaml}.
 *
 * @param group the name of its group, which is that of the page with its runbook
 * @param runbook the place of its runbook, relative to the file; empty without one
 */
record AlertRule(String group, String name, String runbook) {
    static List<AlertRule> all() {
        return Documents.elements(Documents.parse(Documents.ALERTS).path("groups"))
                .flatMap(AlertRule::ofGroup)
                .toList();
    }

    private static Stream<AlertRule> ofGroup(JsonNode group) {
        return Documents.elements(group.path("rules"))
                .map(rule -> new AlertRule(
                        group.path("name").asText(),
                        rule.path("alert").asText(),
                        rule.at("/annotations/runbook_url").asText()));
    }
}
