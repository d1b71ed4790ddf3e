package dev.terminalcloud.embedded.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Dashboards in {@code deploy/monitoring/dashboards}, for tests that the series of their queries exist: a panel without any stays empty,
 * as if all were well.
 */
public final class PrometheusDashboards {
    private static final Path FOLDER = Path.of("deploy", "monitoring", "dashboards");
    private static final Pattern EXPRESSION = Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Made by Prometheus: 1 while it can scrape a service. */
    private static final String UP = "up";

    private PrometheusDashboards() {}

    /**
     * Returns the selectors in the queries that apply to this service, and that none of its series matches. Values of labels are compared
     * as well, except for variables of Grafana.
     *
     * @param service its name, which is the label {@code job} of its series
     * @param published the response of {@code /q/metrics}
     */
    public static List<String> selectorsWithoutSeries(String service, String published) throws IOException {
        List<PrometheusSeries> series = PrometheusSeries.parseAll(published);
        return selectors()
                .filter(selector ->
                        selector.selectsJob(service) && !selector.metric().equals(UP))
                .filter(selector -> series.stream().noneMatch(selector::selects))
                .map(PrometheusSelector::text)
                .distinct()
                .toList();
    }

    private static Stream<PrometheusSelector> selectors() throws IOException {
        try (Stream<Path> files = Files.list(Repository.find(FOLDER))) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .flatMap(file -> EXPRESSION.matcher(read(file)).results())
                    .map(expression -> expression.group(1).replaceAll("\\\\(.)", "$1"))
                    .flatMap(PrometheusSelector::parseAll)
                    .toList()
                    .stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
