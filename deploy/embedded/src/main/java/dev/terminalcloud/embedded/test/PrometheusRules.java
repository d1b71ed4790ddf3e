package dev.terminalcloud.embedded.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of {@code deploy/monitoring/alerts.yaml}, for a test of a service that a rule without its metric would be silent about. */
public final class PrometheusRules {
    private static final Path FILE = Path.of("deploy", "monitoring", "alerts.yaml");
    private static final Pattern GROUP = Pattern.compile("  - name: (\\S+)");
    private static final Pattern EXPRESSION = Pattern.compile("        expr: (.+)");

    /** A word with an underscore outside of braces and quotes: labels have none. */
    private static final Pattern METRIC = Pattern.compile("\\b[a-z]+(?:_[a-z]+)+\\b");

    private PrometheusRules() {}

    /** The metrics that the expressions of the groups name, as Prometheus does. */
    public static Set<String> metricsOf(String... groups) throws IOException {
        Set<String> wanted = Set.of(groups);
        Set<String> metrics = new TreeSet<>();
        boolean isWanted = false;
        for (String line : Files.readAllLines(file())) {
            Matcher group = GROUP.matcher(line);
            Matcher expression = EXPRESSION.matcher(line);
            if (group.matches()) {
                isWanted = wanted.contains(group.group(1));
            } else if (isWanted && expression.matches()) {
                METRIC.matcher(expression.group(1))
                        .results()
                        .map(MatchResult::group)
                        .forEach(metrics::add);
            }
        }
        return metrics;
    }

    /** Tests run in the folder of their module. */
    private static Path file() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(FILE))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "there is no " + FILE + " above " + Path.of("").toAbsolutePath());
            }
        }
        return folder.resolve(FILE);
    }
}
