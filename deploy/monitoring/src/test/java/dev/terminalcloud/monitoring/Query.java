package dev.terminalcloud.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A query of a panel.
 *
 * @param panel the names of dashboard and panel
 * @param expression in PromQL, without variables of Grafana
 */
record Query(String panel, String expression) {
    /** Returns all queries of all dashboards. */
    static List<Query> all() {
        return dashboards()
                .flatMap(dashboard -> Documents.elements(dashboard.path("panels"))
                        .flatMap(panel -> Documents.elements(panel.path("targets"))
                                .map(target -> new Query(
                                        dashboard.path("title").asText() + " / "
                                                + panel.path("title").asText(),
                                        replaceVariables(target.path("expr").asText())))))
                .toList();
    }

    static Stream<JsonNode> dashboards() {
        try (Stream<Path> files = Files.list(Documents.DASHBOARDS)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Documents::parse)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String replaceVariables(String expression) {
        return expression.replace("$__rate_interval", "5m");
    }

    @Override
    public String toString() {
        return panel + ": " + expression;
    }
}
