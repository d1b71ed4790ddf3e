package dev.terminalcloud.embedded.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Alert rules of {@code deploy/monitoring/alerts.yaml}, for tests that their metrics exist: a rule without its metric never fires. */
public final class PrometheusRules {
    private static final Path FILE = Path.of("deploy", "monitoring", "alerts.yaml");
    private static final Pattern GROUP = Pattern.compile("  - name: (\\S+)");
    private static final Pattern EXPRESSION = Pattern.compile("        expr: (.+)");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

    /** A word with an underscore outside of quotes that is not a function: names of labels have none. */
    private static final Pattern METRIC = Pattern.compile("\\b[a-z]+(?:_[a-z]+)+\\b(?!\\()");

    private PrometheusRules() {}

    /** Returns the metrics in the expressions of these groups, by their Prometheus names. */
    public static Set<String> metricsOf(String... groups) throws IOException {
        Set<String> wanted = Set.of(groups);
        Set<String> metrics = new TreeSet<>();
        boolean isWanted = false;
        for (String line : Files.readAllLines(Repository.find(FILE))) {
            Matcher group = GROUP.matcher(line);
            Matcher expression = EXPRESSION.matcher(line);
            if (group.matches()) {
                isWanted = wanted.contains(group.group(1));
            } else if (isWanted && expression.matches()) {
                METRIC.matcher(QUOTED.matcher(expression.group(1)).replaceAll(""))
                        .results()
                        .map(MatchResult::group)
                        .forEach(metrics::add);
            }
        }
        return metrics;
    }
}
