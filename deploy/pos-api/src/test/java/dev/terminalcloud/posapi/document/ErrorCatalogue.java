package dev.terminalcloud.posapi.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The errors of the document, each listed once with the operations that return it. */
record ErrorCatalogue(List<Row> rows) {
    static final String BEFORE_SERVICES = "x-errors-before-services";
    private static final Map<String, String> SHORT_NAMES = Map.of(
            "pair", "pair",
            "unpair", "unpair",
            "startTransaction", "start",
            "pollTransaction", "poll",
            "cancelTransaction", "cancel",
            "listTransactions", "list",
            "getStatus", "status",
            "getDevice", "device");

    /** @param givenBy the operations, or {@code server} or {@code gateway} */
    record Row(int status, String text, List<String> givenBy, String when, String advice) {
        String line() {
            return "| %d | `%s` | %s | %s | %s |".formatted(status, text, String.join(", ", givenBy), when, advice);
        }

        private String key() {
            return status + text + when + advice;
        }
    }

    static ErrorCatalogue of(JsonNode document) {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (JsonNode item : document.path("paths")) {
            for (JsonNode operation : item) {
                addErrors(rows, operation);
            }
        }
        for (JsonNode error : document.path(BEFORE_SERVICES)) {
            add(
                    rows,
                    row(
                            error.path("status").asInt(),
                            error.path("text").asText(),
                            error.path("givenBy").asText(),
                            error.path("when"),
                            error.path("advice")));
        }
        return new ErrorCatalogue(rows.values().stream()
                .sorted(Comparator.comparingInt(Row::status))
                .toList());
    }

    private static void addErrors(Map<String, Row> rows, JsonNode operation) {
        String id = operation.path("operationId").asText();
        String name = Objects.requireNonNull(SHORT_NAMES.get(id), () -> "short name of the operation " + id);
        operation.path("responses").properties().forEach(response -> {
            for (JsonNode example : response.getValue().at("/content/application~1json/examples")) {
                if (example.at("/value/error").isTextual()) {
                    String text = example.path("x-text")
                            .asText(example.at("/value/error").asText());
                    int status = Integer.parseInt(response.getKey());
                    add(rows, row(status, text, name, example.path("summary"), example.path("description")));
                }
            }
        });
    }

    private static Row row(int status, String text, String givenBy, JsonNode when, JsonNode advice) {
        return new Row(status, text, new ArrayList<>(List.of(givenBy)), when.asText(), advice.asText());
    }

    private static void add(Map<String, Row> rows, Row row) {
        rows.merge(row.key(), row, (known, added) -> {
            known.givenBy().addAll(added.givenBy());
            return known;
        });
    }

    String table() {
        return rows.stream()
                .map(Row::line)
                .collect(Collectors.joining(
                        "\n",
                        "| status | error | given by | when | what the POS should do |\n| --- | --- | --- | --- | --- |\n",
                        ""));
    }
}
