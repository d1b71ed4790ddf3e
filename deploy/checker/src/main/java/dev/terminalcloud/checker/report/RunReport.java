package dev.terminalcloud.checker.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.checker.check.HistoryIndex;
import dev.terminalcloud.checker.check.Rule;
import dev.terminalcloud.checker.check.Violation;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report of a run: a summary in Markdown, and a page in HTML with the plots and the history of each violation. */
public final class RunReport {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<TimestampedEntry> entries;
    private final HistoryIndex index;
    private final List<Violation> violations;

    public RunReport(List<TimestampedEntry> entries) {
        this.entries = entries;
        this.index = new HistoryIndex(entries);
        this.violations = Rule.allViolations(index);
    }

    /** Returns the seed, with which the same workload can be planned again; 0 if the history has none. */
    public long seed() {
        return entries.stream()
                .map(TimestampedEntry::entry)
                .filter(HistoryEntry.Begun.class::isInstance)
                .map(begun -> ((HistoryEntry.Begun) begun).seed())
                .findFirst()
                .orElse(0L);
    }

    public List<Violation> violations() {
        return violations;
    }

    /** Returns all entries about the transaction or request of a violation, one line each, with the seconds since the start of the run. */
    public String historyOf(Violation violation) {
        long begin = entries.get(0).nanos();
        return index.entriesOf(violation).stream()
                .map(stamped -> "%10.3f %s".formatted((stamped.nanos() - begin) / 1e9, json(stamped)))
                .collect(Collectors.joining("\n"));
    }

    /** Returns the violation with the seed that repeats the run, and its history; ends in an empty line. */
    public String describe(Violation violation) {
        return "%s (seed %d), request %d, transaction %s: %s%n%s%n"
                .formatted(
                        violation.rule(),
                        seed(),
                        violation.number(),
                        violation.transactionId(),
                        violation.what(),
                        historyOf(violation));
    }

    public String markdown() {
        StringBuilder text = new StringBuilder(
                "# Run with seed %d: %d violations%n%n| | |%n| --- | --- |%n".formatted(seed(), violations.size()));
        summary().forEach((name, value) -> text.append("| %s | %s |%n".formatted(name, value)));
        text.append("%n| %s |%n| --- | --- | --- | --- | --- |%n".formatted(String.join(" | ", FaultRow.HEADINGS)));
        faults().forEach(fault -> text.append("| %s |%n".formatted(String.join(" | ", fault.cells()))));
        text.append("%n".formatted());
        violations.forEach(violation -> text.append("* %s%n".formatted(title(violation))));
        return text.toString();
    }

    /** Writes {@code summary.md} and {@code report.html}. */
    public void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("summary.md"), markdown());
        Files.writeString(folder.resolve("report.html"), new HtmlReport(this).html());
    }

    Map<String, String> summary() {
        return new Summary(entries, new Figures(entries)).facts();
    }

    List<FaultRow> faults() {
        return FaultRow.of(entries);
    }

    Timeline timeline() {
        return new Timeline(entries, violations.stream().map(this::endOf).toList());
    }

    static String title(Violation violation) {
        return "%s, request %d, transaction %s: %s"
                .formatted(violation.rule(), violation.number(), violation.transactionId(), violation.what());
    }

    private long endOf(Violation violation) {
        return index.entriesOf(violation).stream()
                .mapToLong(TimestampedEntry::nanos)
                .max()
                .orElse(entries.get(entries.size() - 1).nanos());
    }

    private static String json(TimestampedEntry stamped) {
        try {
            return JSON.writeValueAsString(stamped.entry());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
