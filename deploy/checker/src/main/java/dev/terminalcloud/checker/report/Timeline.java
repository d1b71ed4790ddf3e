package dev.terminalcloud.checker.report;

import dev.terminalcloud.checker.fault.Component;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/** Plots of a run by second, as inline SVG: with faults as bands, and a line at the end of the history of each violation. */
final class Timeline {
    private static final int WIDTH = 1_200;
    private static final int HEIGHT = 200;
    private static final int LEFT = 130;
    private static final int TOP = 8;
    private static final int BOTTOM = 20;
    private static final int LANE = 18;
    private static final int FONT = 11;
    private static final long MIN_MILLIS = 10;
    private static final int MAX_TICKS = 15;

    private record Second(List<Long> millis) {}

    private final long begin;
    private final List<Second> seconds = new ArrayList<>();
    private final List<FaultSpan> faults;
    private final List<Long> violations;

    /** @param violations the times at which their histories end, by the clock of the entries */
    Timeline(List<TimestampedEntry> entries, List<Long> violations) {
        this.violations = List.copyOf(violations);
        this.begin = entries.isEmpty() ? 0 : entries.get(0).nanos();
        this.faults = FaultSpan.of(entries);
        long end = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).nanos();
        for (long second = 0; second <= second(end); second++) {
            seconds.add(new Second(new ArrayList<>()));
        }
        new Figures(entries).completions().forEach(done -> seconds.get((int) second(done.completedNanos()))
                .millis()
                .add(done.millis()));
        seconds.forEach(second -> Collections.sort(second.millis()));
    }

    /** Plots the number of ended transactions per second. */
    String rates() {
        ToLongFunction<Second> ended = second -> second.millis().size();
        long axisMax = Math.max(1, seconds.stream().mapToLong(ended).max().orElse(1));
        StringBuilder svg = begun(HEIGHT);
        LongUnaryOperator y = value -> HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / axisMax;
        LongStream.of(0, axisMax / 2, axisMax)
                .distinct()
                .forEach(value -> svg.append(level(y.applyAsLong(value), Long.toString(value))));
        return ended(svg.append(line(second -> true, ended, y, 0)), HEIGHT);
    }

    /** Plots the time from the request to the first poll that showed the end, on a logarithmic scale: median and 99th percentile. */
    String times() {
        ToLongFunction<Second> median = second -> Figures.percentile(second.millis(), 50);
        ToLongFunction<Second> slowest = second -> Figures.percentile(second.millis(), 99);
        Predicate<Second> isKnown = second -> !second.millis().isEmpty();
        long maxMillis = seconds.stream().mapToLong(slowest).max().orElse(0);
        long axisMax = LongStream.iterate(10 * MIN_MILLIS, limit -> limit * 10)
                .filter(limit -> limit >= maxMillis)
                .findFirst()
                .orElseThrow();
        StringBuilder svg = begun(HEIGHT);
        LongUnaryOperator y = millis -> HEIGHT - BOTTOM - Math.round((HEIGHT - BOTTOM - TOP) * share(millis, axisMax));
        LongStream.iterate(MIN_MILLIS, limit -> limit <= axisMax, limit -> limit * 10)
                .forEach(limit -> svg.append(level(y.applyAsLong(limit), words(limit))));
        return ended(svg.append(line(isKnown, median, y, 0)).append(line(isKnown, slowest, y, 1)), HEIGHT);
    }

    private static double share(long millis, long axisMax) {
        return Math.log10((double) Math.max(millis, MIN_MILLIS) / MIN_MILLIS)
                / Math.log10((double) axisMax / MIN_MILLIS);
    }

    private static String words(long millis) {
        return millis < 1_000 ? millis + " ms" : millis / 1_000 + " s";
    }

    /** Plots the faults, with a lane for each component. */
    String faults() {
        int height = TOP + LANE * Component.values().length + BOTTOM;
        StringBuilder svg = begun(height);
        List<Component> parts = List.of(Component.values());
        for (int i = 0; i < parts.size(); i++) {
            Component part = parts.get(i);
            int top = TOP + LANE * i;
            svg.append(level(top + LANE, part.toString()));
            faults.stream()
                    .filter(fault -> fault.name().endsWith("-" + part))
                    .forEach(fault -> svg.append(band(fault, "span", top + 2, LANE - 2)));
        }
        return ended(svg, height);
    }

    private StringBuilder begun(int height) {
        StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 %d %d\" role=\"img\">%n".formatted(WIDTH, height));
        faults.forEach(fault -> svg.append(band(fault, "fault", TOP, height - BOTTOM - TOP)));
        return svg;
    }

    /** Marks the violations and the time: in seconds, at multiples of 10, or in minutes. */
    private String ended(StringBuilder svg, int height) {
        violations.forEach(
                nanos -> svg.append("<line class=\"violation\" x1=\"%1$d\" x2=\"%1$d\" y1=\"%2$d\" y2=\"%3$d\"/>%n"
                        .formatted(x(second(nanos)), TOP, height - BOTTOM)));
        long step = LongStream.of(10, 30, 60, 300, 600, 1_800)
                .filter(length -> seconds.size() / length <= MAX_TICKS)
                .findFirst()
                .orElse(3_600);
        for (long second = 0; second < seconds.size(); second += step) {
            svg.append("<text x=\"%d\" y=\"%d\">%s</text>%n"
                    .formatted(x(second), height - 4, step < 60 ? second + " s" : second / 60 + " min"));
        }
        return svg.append("</svg>%n".formatted()).toString();
    }

    private static String level(long y, String label) {
        return "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%3$d\" y2=\"%3$d\"/><text x=\"0\" y=\"%4$d\">%5$s</text>%n"
                .formatted(LEFT, WIDTH, y, Math.max(FONT, y), label);
    }

    private String band(FaultSpan fault, String style, int top, int height) {
        long from = x(second(fault.beginNanos()));
        long to = Math.max(from + 2, x(second(fault.endNanos())));
        return "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"><title>%s</title></rect>%n"
                .formatted(style, from, top, to - from, height, fault.name());
    }

    /** Draws a line with gaps where the value is unknown. */
    private String line(Predicate<Second> isKnown, ToLongFunction<Second> value, LongUnaryOperator y, int number) {
        StringBuilder path = new StringBuilder();
        boolean isDrawing = false;
        for (int i = 0; i < seconds.size(); i++) {
            Second second = seconds.get(i);
            boolean draws = isKnown.test(second);
            if (draws) {
                path.append(isDrawing ? 'L' : 'M')
                        .append(x(i))
                        .append(' ')
                        .append(y.applyAsLong(value.applyAsLong(second)));
            }
            isDrawing = draws;
        }
        return "<path class=\"line%d\" d=\"%s\"/>%n".formatted(number, path);
    }

    private long x(long second) {
        return LEFT + (WIDTH - LEFT) * second / Math.max(1, seconds.size());
    }

    private long second(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos - begin);
    }
}
