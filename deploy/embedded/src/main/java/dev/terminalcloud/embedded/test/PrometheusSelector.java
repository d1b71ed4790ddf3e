package dev.terminalcloud.embedded.test;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A selector of time series in a query: {@code transaction_outcomes_total{job="transaction-service"}}. */
record PrometheusSelector(String text, String metric, List<Matcher> matchers) {
    private static final Pattern SELECTOR = Pattern.compile("\\b([a-z][a-z0-9_]*)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");
    private static final String JOB = "job";

    /** A variable of Grafana, which selects all or some. */
    private static final String VARIABLE = "$";

    PrometheusSelector {
        matchers = List.copyOf(matchers);
    }

    /** A condition for the value of a label, which is empty where a series does not have the label. */
    record Matcher(String label, String operator, String value) {
        boolean accepts(String actual) {
            return switch (operator) {
                case "=" -> actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "=~" -> actual.matches(value);
                case "!~" -> !actual.matches(value);
                default -> throw new IllegalStateException("Unknown operator: " + operator);
            };
        }
    }

    static Stream<PrometheusSelector> parseAll(String query) {
        return SELECTOR.matcher(query).results().map(PrometheusSelector::parse);
    }

    private static PrometheusSelector parse(MatchResult selector) {
        return new PrometheusSelector(
                selector.group(),
                selector.group(1),
                MATCHER.matcher(selector.group(2))
                        .results()
                        .map(matcher -> new Matcher(matcher.group(1), matcher.group(2), matcher.group(3)))
                        .toList());
    }

    boolean selectsJob(String job) {
        return matchers.stream()
                .filter(matcher -> matcher.label().equals(JOB))
                .allMatch(matcher -> matcher.accepts(job));
    }

    /** Returns whether it selects this series, whatever Prometheus adds to it. */
    boolean selects(PrometheusSeries series) {
        return series.metric().equals(metric)
                && matchers.stream()
                        .filter(matcher ->
                                !matcher.label().equals(JOB) && !matcher.value().startsWith(VARIABLE))
                        .allMatch(matcher -> matcher.accepts(series.labels().getOrDefault(matcher.label(), "")));
    }
}
