package dev.terminalcloud.embedded.test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A time series that a service publishes.
 *
 * @param labels without those that Prometheus adds
 */
record PrometheusSeries(String metric, Map<String, String> labels) {
    private static final Pattern LINE = Pattern.compile("(?m)^([a-z]\\w*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    PrometheusSeries {
        labels = Map.copyOf(labels);
    }

    /** Returns the series in the response of {@code /q/metrics}. */
    static List<PrometheusSeries> parseAll(String published) {
        return LINE.matcher(published).results().map(PrometheusSeries::parse).toList();
    }

    private static PrometheusSeries parse(MatchResult line) {
        Map<String, String> labels = new HashMap<>();
        if (line.group(2) != null) {
            LABEL.matcher(line.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return new PrometheusSeries(line.group(1), labels);
    }
}
