package dev.terminalcloud.checker.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.checker.check.Evidence;
import dev.terminalcloud.checker.check.Rule;
import dev.terminalcloud.checker.check.Violation;
import dev.terminalcloud.checker.history.Stamped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of a run: a summary in Markdown, and a page in HTML with the plots and the story of each violation. */
public final class Report {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String STYLE =
            """
            body { font: 14px sans-serif; margin: 2em; max-width: 80em } pre { overflow: auto; background: #f4f4f4; padding: 1em }
            svg { width: 100%; font: 11px sans-serif } polyline { fill: none; stroke-width: 1.5 }
            .line0 { stroke: #06c } .line1 { stroke: #c60 } .fault { fill: #c00; opacity: .15 } .violation { stroke: #c00; stroke-width: 2 }
            """;

    private final long seed;
    private final List<Stamped> entries;
    private final Evidence evidence;
    private final List<Violation> violations;
    private final Figures figures;

    public Report(long seed, List<Stamped> entries) {
        this.seed = seed;
        this.entries = entries;
        this.evidence = new Evidence(entries);
        this.violations = Rule.allViolations(evidence);
        this.figures = new Figures(entries);
    }

    public List<Violation> violations() {
        return violations;
    }

    /** Everything that was recorded of what a violation is about, a line each, with seconds since the run's begin. */
    public String story(Violation violation) {
        long begin = entries.get(0).nanos();
        return evidence.entriesOf(violation).stream()
                .map(stamped -> "%10.3f %s".formatted((stamped.nanos() - begin) / 1e9, json(stamped)))
                .collect(Collectors.joining("\n"));
    }

    public String markdown() {
        StringBuilder text = new StringBuilder("# Run with seed %d%n%n".formatted(seed));
        text.append("%d requests to start, answered %s; %d ended: %s.%n%n"
                .formatted(figures.requests(), figures.answers(), figures.completed(), figures.outcomes()));
        text.append(
                "| fault | times | recovered after (ms): median | longest | not seen |\n| --- | --- | --- | --- | --- |\n");
        faultsByName().forEach((name, spans) -> text.append(faultRow(name, spans)));
        text.append("\n%d violations%n%n".formatted(violations.size()));
        violations.forEach(violation -> text.append("* %s, request %d, transaction %s: %s%n"
                .formatted(violation.rule(), violation.number(), violation.transactionId(), violation.what())));
        return text.toString();
    }

    private Map<String, List<FaultSpan>> faultsByName() {
        return FaultSpan.of(entries).stream()
                .collect(Collectors.groupingBy(FaultSpan::name, TreeMap::new, Collectors.toList()));
    }

    private static String faultRow(String name, List<FaultSpan> spans) {
        List<Long> recoveries = spans.stream()
                .map(FaultSpan::recoveredMillis)
                .filter(millis -> millis >= 0)
                .sorted()
                .toList();
        return "| %s | %d | %s | %s | %d |%n"
                .formatted(
                        name,
                        spans.size(),
                        recoveries.isEmpty() ? "–" : Figures.percentile(recoveries, 50),
                        recoveries.isEmpty() ? "–" : Figures.percentile(recoveries, 100),
                        spans.size() - recoveries.size());
    }

    public void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("summary.md"), markdown());
        Files.writeString(folder.resolve("report.html"), html());
    }

    private String html() {
        Timeline timeline = new Timeline(
                entries, figures, violations.stream().map(this::endOf).toList());
        StringBuilder page = new StringBuilder(
                "<!doctype html><meta charset=\"utf-8\"><title>Run %d</title><style>%s</style>".formatted(seed, STYLE));
        page.append(timeline.rates()).append(timeline.times());
        page.append("<pre>%s</pre>".formatted(escaped(markdown())));
        violations.forEach(violation -> page.append("<h2>%s</h2><p>%s</p><pre>%s</pre>"
                .formatted(violation.rule(), escaped(violation.what()), escaped(story(violation)))));
        return page.toString();
    }

    private long endOf(Violation violation) {
        return evidence.entriesOf(violation).stream()
                .mapToLong(Stamped::nanos)
                .max()
                .orElse(entries.get(entries.size() - 1).nanos());
    }

    private static String json(Stamped stamped) {
        try {
            return JSON.writeValueAsString(stamped.entry());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
