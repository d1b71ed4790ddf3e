package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.fault.Fault;
import dev.terminalcloud.checker.history.FaultEntry.FaultBegan;
import dev.terminalcloud.checker.history.FaultEntry.FaultEnded;
import dev.terminalcloud.checker.history.FaultEntry.Recovered;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The times of faults: from the start of each fault to the recovery, or to the end of the fault if no recovery was seen. Planned changes are
 * not counted: what holds without faults holds during them, too. After the loss of all data of Kafka a recovery that one register has seen is not
 * that of all: the fault lasts until the processes have noticed it and connectors have restarted. Immutable.
 */
final class FaultWindows {
    /** Services notice the loss within five seconds, and an offer waits for fifteen. */
    private static final long AFTER_DATA_LOSS_MILLIS = 30_000;

    /** Times in milliseconds since 1970; {@code to} is {@link Long#MAX_VALUE} while the fault lasts. */
    private record Span(long from, long to) {
        boolean meets(Span later) {
            return later.from <= to;
        }
    }

    private final List<Span> spans;

    private FaultWindows(List<Span> spans) {
        this.spans = spans;
    }

    static FaultWindows of(List<TimestampedEntry> entries) {
        Map<Integer, Span> faults = new LinkedHashMap<>();
        Set<Integer> losses = new HashSet<>();
        for (TimestampedEntry stamped : entries) {
            HistoryEntry entry = stamped.entry();
            if (entry instanceof FaultBegan began && !Fault.isPlanned(began.name())) {
                faults.put(began.fault(), new Span(stamped.millis(), Long.MAX_VALUE));
                if (Fault.losesData(began.name())) {
                    losses.add(began.fault());
                }
            } else if (entry instanceof FaultEnded ended) {
                long grace = losses.contains(ended.fault()) ? AFTER_DATA_LOSS_MILLIS : 0;
                end(faults, ended.fault(), stamped.millis() + grace);
            } else if (entry instanceof Recovered recovered && !losses.contains(recovered.fault())) {
                end(faults, recovered.fault(), stamped.millis());
            }
        }
        return new FaultWindows(merged(faults.values().stream()
                .sorted(Comparator.comparingLong(Span::from))
                .toList()));
    }

    private static void end(Map<Integer, Span> faults, int fault, long millis) {
        faults.computeIfPresent(fault, (number, span) -> new Span(span.from(), millis));
    }

    private static List<Span> merged(List<Span> sorted) {
        List<Span> merged = new ArrayList<>();
        for (Span span : sorted) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).meets(span)) {
                Span previous = merged.get(last);
                merged.set(last, new Span(previous.from(), Math.max(previous.to(), span.to())));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }

    /** Returns the part of the time between that lies in a fault. */
    long millisBetween(long from, long to) {
        return spans.stream()
                .mapToLong(span -> Math.max(0, Math.min(to, span.to()) - Math.max(from, span.from())))
                .sum();
    }
}
