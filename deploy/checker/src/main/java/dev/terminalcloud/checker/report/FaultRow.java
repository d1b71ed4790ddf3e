package dev.terminalcloud.checker.report;

import dev.terminalcloud.checker.history.TimestampedEntry;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The row of the report for all faults of one name.
 *
 * @param recoveriesMillis the times until a register could pay again, where that was seen, sorted
 */
record FaultRow(String name, int times, List<Long> recoveriesMillis) {
    static final List<String> HEADINGS = List.of("fault", "count", "recovery, median (ms)", "maximum (ms)", "not seen");

    static List<FaultRow> of(List<TimestampedEntry> entries) {
        return FaultSpan.of(entries).stream()
                .collect(Collectors.groupingBy(FaultSpan::name, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(named -> of(named.getKey(), named.getValue()))
                .toList();
    }

    private static FaultRow of(String name, List<FaultSpan> spans) {
        return new FaultRow(
                name,
                spans.size(),
                spans.stream()
                        .map(FaultSpan::recoveredMillis)
                        .filter(millis -> millis >= 0)
                        .sorted()
                        .toList());
    }

    /** Returns the cells of the row, in the order of {@link #HEADINGS}. */
    List<String> cells() {
        return List.of(
                name,
                Integer.toString(times),
                recoveriesMillis.isEmpty() ? "–" : Long.toString(Figures.percentile(recoveriesMillis, 50)),
                recoveriesMillis.isEmpty() ? "–" : Long.toString(Figures.percentile(recoveriesMillis, 100)),
                Integer.toString(times - recoveriesMillis.size()));
    }
}
