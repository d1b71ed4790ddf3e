package dev.terminalcloud.checker.report;

import dev.terminalcloud.checker.check.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** The report as one self-contained page of HTML. */
final class HtmlReport {
    private static final String HEAD =
            """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>%s</title><style>
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 78em; padding: 0 1em; color: #222 }
            h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin-top: 2em } .good { color: #17692c } .bad { color: #b00020 }
            table { border-collapse: collapse } td, th { text-align: left; padding: .2em 1em .2em 0; border-bottom: 1px solid #ddd; vertical-align: top }
            .faults td + td, .faults th + th { text-align: right } pre { overflow: auto; background: #f4f4f4; padding: 1em }
            svg { width: 100%%; font: 11px system-ui, sans-serif; margin-bottom: 1em } svg text { fill: #555 } path { fill: none; stroke-width: 1.3; stroke-linecap: round }
            .line0 { stroke: #0b5fc2 } .line1 { stroke: #d2691e } .grid { stroke: #e4e4e4 } .fault { fill: #b00020; opacity: .10 }
            .span { fill: #b00020; opacity: .55 } .violation { stroke: #b00020; stroke-width: 2 }
            </style>
            """;

    private final RunReport report;

    HtmlReport(RunReport report) {
        this.report = report;
    }

    String html() {
        List<Violation> violations = report.violations();
        String title = "Run with seed %d: %s"
                .formatted(report.seed(), violations.isEmpty() ? "no violations" : violations.size() + " violations");
        StringBuilder page = new StringBuilder(HEAD.formatted(title));
        page.append("<h1 class=\"%s\">%s</h1>%n".formatted(violations.isEmpty() ? "good" : "bad", title));
        page.append("<table>%n".formatted());
        report.summary()
                .forEach((name, value) ->
                        page.append("<tr><th>%s</th><td>%s</td></tr>%n".formatted(escaped(name), escaped(value))));
        page.append("</table>%n".formatted());
        Timeline timeline = report.timeline();
        page.append("<h2>Ended transactions per second</h2>%s".formatted(timeline.rates()));
        page.append("<h2>Time from the request to the end: median (blue) and 99th percentile (orange)</h2>%s"
                .formatted(timeline.times()));
        page.append("<h2>Faults by component</h2>%s".formatted(timeline.faults()));
        page.append("<h2>Faults and recovery times</h2>%s".formatted(faults()));
        violations.forEach(violation -> page.append("<h2 class=\"bad\">%s</h2><pre>%s</pre>%n"
                .formatted(escaped(RunReport.title(violation)), escaped(report.historyOf(violation)))));
        return page.append("</html>%n".formatted()).toString();
    }

    private String faults() {
        return report.faults().stream()
                .map(fault -> row("td", fault.cells()))
                .collect(Collectors.joining(
                        "", "<table class=\"faults\">" + row("th", FaultRow.HEADINGS), "</table>\n"));
    }

    private static String row(String kind, List<String> cells) {
        return cells.stream()
                .map(cell -> "<%1$s>%2$s</%1$s>".formatted(kind, escaped(cell)))
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
