package dev.terminalcloud.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Grafana can show the dashboards, and Prometheus accepts their queries. Their series are checked where they are published. */
class DashboardsTest {
    private static final String PROMETHEUS = "monitoring.prometheus";
    private static final Pattern SELECTOR = Pattern.compile("\\b[a-z][a-z0-9_]*\\{[^}]*}");
    private static final Pattern METRIC = Pattern.compile("\\b[a-z]+(?:_[a-z]+)+\\b(?!\\{)");
    private static final Pattern LABELS =
            Pattern.compile("(?:by|on|without|ignoring|group_left) \\([^)]*\\)|\\{[^}]*}|\"[^\"]*\"");
    private static final Pattern ALERT_NAMES = Pattern.compile("alertname=~\"([^\"]*)\"");

    @Test
    void eachQueryIsAccepted(@TempDir Path folder) throws IOException {
        List<Query> queries = Query.all();
        List<Map<String, String>> rules = IntStream.range(0, queries.size())
                .mapToObj(index -> Map.of(
                        "record", "query" + index, "expr", queries.get(index).expression()))
                .toList();
        Files.writeString(
                folder.resolve("queries.json"),
                new ObjectMapper()
                        .writeValueAsString(Map.of("groups", List.of(Map.of("name", "queries", "rules", rules)))));

        Promtool.Result result = Promtool.run(folder, "check", "rules", "queries.json");

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains(queries.size() + " rules found");
    }

    @Test
    void eachSelectorNamesItsServices() {
        assertThat(Query.all()).isNotEmpty().allSatisfy(query -> {
            assertThat(SELECTOR.matcher(query.expression()).results().map(MatchResult::group))
                    .allMatch(selector -> selector.contains("{job"));
            assertThat(METRIC.matcher(LABELS.matcher(query.expression()).replaceAll("{}"))
                            .results()
                            .map(MatchResult::group))
                    .as("metrics without a selector, or functions")
                    .isSubsetOf("histogram_quantile", "group_left");
        });
    }

    @Test
    void panelOfAlertsKnowsAllOfThem() {
        List<String> names = Query.all().stream()
                .flatMap(query -> ALERT_NAMES.matcher(query.expression()).results())
                .map(match -> match.group(1))
                .toList();

        assertThat(names).isNotEmpty().allSatisfy(one -> assertThat(one.split("\\|"))
                .containsExactlyInAnyOrderElementsOf(
                        AlertRule.all().stream().map(AlertRule::name).toList()));
    }

    @Test
    void eachPanelHasNameExplanationAndPlace() {
        assertThat(Query.dashboards()).isNotEmpty().allSatisfy(dashboard -> {
            List<JsonNode> panels = Documents.elements(dashboard.path("panels")).toList();
            assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
            assertThat(panels)
                    .extracting(panel -> panel.path("title").asText())
                    .doesNotContain("")
                    .doesNotHaveDuplicates();
            assertThat(panels.stream().flatMap(DashboardsTest::cells)).doesNotHaveDuplicates();
            assertThat(panels)
                    .filteredOn(panel -> !panel.path("type").asText().equals("row"))
                    .allSatisfy(panel -> {
                        assertThat(panel.path("description").asText())
                                .as(panel.path("title").asText())
                                .isNotEmpty();
                        assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                        assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                                .isNotEmpty();
                    });
        });
        assertThat(Query.dashboards().map(dashboard -> dashboard.path("uid").asText()))
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    @Test
    void eachDashboardIsInTheConfigMap() throws IOException {
        try (Stream<Path> files = Files.list(Documents.DASHBOARDS)) {
            assertThat(Documents.elements(Documents.parse(Documents.DASHBOARDS.resolve("kustomization.yaml"))
                                    .at("/configMapGenerator/0/files"))
                            .map(JsonNode::asText))
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".json"))
                                    .toList());
        }
    }

    /** Asks a Prometheus that scrapes a running system. */
    @Test
    @EnabledIfSystemProperty(named = PROMETHEUS, matches = ".+")
    void eachQueryHasData() throws IOException, InterruptedException {
        List<Query> empty = new ArrayList<>();
        HttpClient client = HttpClient.newHttpClient();
        for (Query query : Query.all()) {
            URI address = URI.create(System.getProperty(PROMETHEUS) + "/api/v1/query?query="
                    + URLEncoder.encode(query.expression(), StandardCharsets.UTF_8));
            JsonNode response = new ObjectMapper()
                    .readTree(client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                            .body());
            assertThat(response.path("status").asText())
                    .as("%s: %s", query, response)
                    .isEqualTo("success");
            if (Documents.elements(response.at("/data/result"))
                    .allMatch(sample -> sample.at("/value/1").asText().equals("NaN"))) {
                empty.add(query);
            }
        }
        assertThat(empty).isEmpty();
    }

    private static Stream<String> cells(JsonNode panel) {
        JsonNode place = panel.path("gridPos");
        int x = place.path("x").asInt();
        int y = place.path("y").asInt();
        assertThat(x + place.path("w").asInt()).isBetween(1, 24);
        return IntStream.range(x, x + place.path("w").asInt()).boxed().flatMap(column -> IntStream.range(
                        y, y + place.path("h").asInt())
                .mapToObj(row -> column + "," + row));
    }
}
