package dev.terminalcloud.checker.report;

import dev.terminalcloud.checker.history.Stamped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * A plot of a run over its seconds, as an inline SVG: transactions a second, how long they took, faults as bands, and a line where the
 * story of a violation ends.
 */
final class Timeline {
    private static final int WIDTH = 1_200;
    private static final int HEIGHT = 220;
    private static final int LEFT = 60;
    private static final int BOTTOM = 24;
    private static final int FONT = 11;

    private record Second(List<Long> millis) {}

    private final long begin;
    private final List<Second> seconds = new ArrayList<>();
    private final List<FaultSpan> faults;
    private final List<Long> violations;

    /** @param violations when their stories end, by the clock of the entries */
    Timeline(List<Stamped> entries, Figures figures, List<Long> violations) {
        this.violations = List.copyOf(violations);
        this.begin = entries.isEmpty() ? 0 : entries.get(0).nanos();
        this.faults = FaultSpan.of(entries);
        long end = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).nanos();
        for (long second = 0; second <= second(end); second++) {
            seconds.add(new Second(new ArrayList<>()));
        }
        figures.completions().forEach(done -> seconds.get((int) second(done.completedNanos()))
                .millis()
                .add(done.millis()));
        seconds.forEach(second -> Collections.sort(second.millis()));
    }

    /** Ends of transactions a second. */
    String rates() {
        return plot("transactions that ended, a second", List.of(second -> second.millis()
                .size()));
    }

    /** From the request to the first poll that showed the end: median and 99th percentile. */
    String times() {
        return plot(
                "milliseconds from the request to the end, median and 99th percentile",
                List.of(
                        second -> Figures.percentile(second.millis(), 50),
                        second -> Figures.percentile(second.millis(), 99)));
    }

    private String plot(String title, List<ToLongFunction<Second>> lines) {
        long highest = lines.stream()
                .flatMap(line -> seconds.stream().map(line::applyAsLong))
                .reduce(1L, Math::max);
        StringBuilder svg = new StringBuilder(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n".formatted(WIDTH, HEIGHT, title));
        faults.forEach(fault -> svg.append(band(fault)));
        violations.forEach(nanos -> svg.append(mark(nanos)));
        for (int i = 0; i < lines.size(); i++) {
            svg.append(line(lines.get(i), highest, i));
        }
        svg.append("<text x=\"2\" y=\"%d\">%d</text><text x=\"%d\" y=\"%d\">%s</text>%n"
                .formatted(FONT, highest, LEFT, FONT, title));
        svg.append("<text x=\"%d\" y=\"%d\">0 s</text><text x=\"%d\" y=\"%d\">%d s</text></svg>%n"
                .formatted(LEFT, HEIGHT - 4, WIDTH - 40, HEIGHT - 4, seconds.size()));
        return svg.toString();
    }

    private String band(FaultSpan fault) {
        long from = x(second(fault.beginNanos()));
        long to = Math.max(from + 2, x(second(fault.endNanos())));
        return "<rect class=\"fault\" x=\"%d\" y=\"16\" width=\"%d\" height=\"%d\"><title>%s</title></rect>%n"
                .formatted(from, to - from, HEIGHT - BOTTOM - 16, fault.name());
    }

    private String mark(long nanos) {
        long at = x(second(nanos));
        return "<line class=\"violation\" x1=\"%d\" x2=\"%d\" y1=\"16\" y2=\"%d\"/>%n"
                .formatted(at, at, HEIGHT - BOTTOM);
    }

    private String line(ToLongFunction<Second> value, long highest, int number) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < seconds.size(); i++) {
            long y = HEIGHT - BOTTOM - (HEIGHT - BOTTOM - 16) * value.applyAsLong(seconds.get(i)) / highest;
            points.append(x(i)).append(',').append(y).append(' ');
        }
        return "<polyline class=\"line%d\" points=\"%s\"/>%n".formatted(number, points);
    }

    private long x(long second) {
        return LEFT + (WIDTH - LEFT) * second / Math.max(1, seconds.size());
    }

    private long second(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos - begin);
    }
}
