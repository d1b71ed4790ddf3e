package dev.terminalcloud.benchmark.report;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The report as text: Markdown, so that it can be copied into the README. */
public final class RateText {
    private final RateReport report;
    private final StringBuilder text = new StringBuilder();

    private RateText(RateReport report) {
        this.report = report;
    }

    public static String of(RateReport report) {
        RateText text = new RateText(report);
        report.setting().forEach((name, value) -> text.line("%s: %s", name, value));
        text.latencies();
        text.costs();
        text.processors();
        text.summary();
        return text.text.toString();
    }

    private void latencies() {
        line("");
        line("| ms | rate | ended/s | failed | unfinished | device p50 | p99 | end p50 | p99 |");
        line("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (RateFigures system : report.system().rates()) {
            report.floor().at(system.rate()).ifPresent(floor -> {
                latencies("floor", floor);
                latencies("system", system);
                line(
                        "| ratio | %d | %s | | | %s | %s | %s | %s |",
                        system.rate(),
                        ratio(system.endedPerThousandSeconds(), floor.endedPerThousandSeconds()),
                        ratio(system.toDevice().p50Micros(), floor.toDevice().p50Micros()),
                        ratio(system.toDevice().p99Micros(), floor.toDevice().p99Micros()),
                        ratio(system.toEnd().p50Micros(), floor.toEnd().p50Micros()),
                        ratio(system.toEnd().p99Micros(), floor.toEnd().p99Micros()));
            });
        }
        report.subjects()
                .forEach(subject -> subject.maximum().forEach(figures -> latencies(subject.name() + ", max", figures)));
    }

    private void latencies(String name, RateFigures figures) {
        line(
                "| %s | %d | %s | %d | %d | %s | %s | %s | %s |",
                name,
                figures.rate(),
                thousandths(figures.endedPerThousandSeconds()),
                figures.failed(),
                figures.unfinished(),
                thousandths(figures.toDevice().p50Micros()),
                thousandths(figures.toDevice().p99Micros()),
                thousandths(figures.toEnd().p50Micros()),
                thousandths(figures.toEnd().p99Micros()));
    }

    private void costs() {
        line("");
        line("| per transaction | rate | processor ms | records | commits | rows written | WAL bytes |");
        line("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (RateFigures system : report.system().rates()) {
            report.floor().at(system.rate()).ifPresent(floor -> {
                costs("floor", floor);
                costs("system", system);
                line(
                        "| ratio | %d | %s | %s | %s | %s | %s |",
                        system.rate(),
                        ratio(system.totalProcessorMicros(), floor.totalProcessorMicros()),
                        ratio(system.totalRecordsPerThousand(), floor.totalRecordsPerThousand()),
                        ratio(system.commitsPerThousand(), floor.commitsPerThousand()),
                        ratio(system.rowsPerThousand(), floor.rowsPerThousand()),
                        ratio(system.walBytes(), floor.walBytes()));
            });
        }
    }

    private void costs(String name, RateFigures figures) {
        line(
                "| %s | %d | %s | %s | %s | %s | %d |",
                name,
                figures.rate(),
                thousandths(figures.totalProcessorMicros()),
                thousandths(figures.totalRecordsPerThousand()),
                thousandths(figures.commitsPerThousand()),
                thousandths(figures.rowsPerThousand()),
                figures.walBytes());
    }

    private void processors() {
        Set<String> parts = report.subjects().stream()
                .flatMap(subject -> subject.rates().stream())
                .flatMap(figures -> figures.processorMicros().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        line("");
        line("| processor ms per transaction | rate | %s |", String.join(" | ", parts));
        line("| --- | ---: |%s", " ---: |".repeat(parts.size()));
        for (SubjectFigures subject : report.subjects()) {
            for (RateFigures figures : subject.rates()) {
                line("| %s | %d | %s |", subject.name(), figures.rate(), cells(parts, figures.processorMicros()));
            }
        }
    }

    private void summary() {
        line("");
        line(
                "Maximum rate: floor %d, system %d, ratio %s",
                report.floor().maxRate(),
                report.system().maxRate(),
                ratio(report.system().maxRate(), report.floor().maxRate()));
        line(
                "Statements per transaction: floor %s, system %s",
                thousandths(report.floor().statementsPerThousand()),
                thousandths(report.system().statementsPerThousand()));
        line(
                "At rest, of one core: %s (%s)",
                thousandths(report.rest().totalMillicores()), list(report.rest().millicores()));
        line(
                "At rest, per second: commits %s, records %s, statements %s",
                thousandths(report.rest().commitsPerThousandSeconds()),
                thousandths(report.rest().recordsPerThousandSeconds()),
                thousandths(report.rest().statementsPerThousandSeconds()));
        report.system().rates().stream()
                .skip(report.system().rates().size() / 2)
                .findFirst()
                .ifPresent(middle ->
                        line("Records per transaction at %d/s: %s", middle.rate(), list(middle.recordsPerThousand())));
    }

    private static String list(Map<String, Long> thousandths) {
        return thousandths.entrySet().stream()
                .map(entry -> entry.getKey() + " " + thousandths(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String cells(Set<String> parts, Map<String, Long> micros) {
        return parts.stream()
                .map(part -> micros.containsKey(part) ? thousandths(micros.get(part)) : "")
                .collect(Collectors.joining(" | "));
    }

    @FormatMethod
    private void line(String format, Object... arguments) {
        text.append(format.formatted(arguments)).append('\n');
    }

    /** Returns a number of thousandths as a decimal, with as many digits as say something. */
    static String thousandths(long number) {
        return String.format(Locale.ROOT, number < 10_000 ? "%.2f" : "%.0f", number / 1000.0);
    }

    static String ratio(long number, long base) {
        return base == 0 ? "–" : String.format(Locale.ROOT, "%.2f", (double) number / base);
    }
}
