package dev.terminalcloud.systemtests.conformance;

import dev.terminalcloud.systemtests.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** All rows with their results: printed at the end of a run, and written to {@code target/conformance.md}, or only written to another file. */
final class Table implements AutoCloseable {
    static final String NOT_RUN = "not run: ";

    private static final String ELSEWHERE = "shown on the inside: ";
    private static final RowResult NOT_CHOSEN = new RowResult(NOT_RUN + "not among the tests of this run", 0);

    private final Settings settings;
    private final Map<Row, RowResult> results = new ConcurrentHashMap<>();

    Table(Settings settings) {
        this.settings = settings;
    }

    /** The result of a row: {@code passed}, {@code FAILED} or {@link #NOT_RUN} with the reason. */
    record RowResult(String verdict, long milliseconds) {}

    void note(Row row, RowResult result) {
        results.put(row, result);
    }

    @Override
    public void close() throws IOException {
        String text = text();
        Path file = settings.table().orElseGet(Installation::conformanceTable);
        if (settings.table().isEmpty()) {
            System.out.println(text);
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    String text() {
        String rows = Arrays.stream(Row.values()).map(this::line).collect(Collectors.joining());
        return """
                # Conformance with the POS API

                %s

                | section | row | result | ms |
                | --- | --- | --- | ---: |
                %s
                %d rows: %d passed, %d FAILED, %d not run, %d shown on the inside by the tests of this repository
                """
                .formatted(
                        settings.description(),
                        rows,
                        Row.values().length,
                        count("passed"),
                        count("FAILED"),
                        count(NOT_RUN),
                        count(ELSEWHERE));
    }

    private String line(Row row) {
        RowResult result = of(row);
        return "| %s | %s | %s%s | %d |%n"
                .formatted(
                        row.section(),
                        row.text().replace("|", "\\|"),
                        result.verdict(),
                        settings.remarkOn(row),
                        result.milliseconds());
    }

    private long count(String verdict) {
        return Arrays.stream(Row.values())
                .filter(row -> of(row).verdict().startsWith(verdict))
                .count();
    }

    private RowResult of(Row row) {
        return row.outOfReach().isEmpty()
                ? results.getOrDefault(row, NOT_CHOSEN)
                : new RowResult("%sby %s, as it %s".formatted(ELSEWHERE, row.shownBy(), row.outOfReach()), 0);
    }
}
