package dev.terminalcloud.checker.report;

import dev.terminalcloud.checker.history.FaultEntry;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A fault from its start to its end.
 *
 * @param recoveredMillis the time until a register could pay again; -1 if that was not seen
 */
record FaultSpan(String name, long beginNanos, long endNanos, long recoveredMillis) {

    static List<FaultSpan> of(List<TimestampedEntry> entries) {
        Map<Integer, FaultSpan> spans = new LinkedHashMap<>();
        for (TimestampedEntry stamped : entries) {
            HistoryEntry entry = stamped.entry();
            if (entry instanceof FaultEntry.FaultBegan began) {
                spans.put(began.fault(), new FaultSpan(began.name(), stamped.nanos(), stamped.nanos(), -1));
            } else if (entry instanceof FaultEntry.FaultEnded ended) {
                spans.computeIfPresent(ended.fault(), (number, span) -> span.until(stamped.nanos()));
            } else if (entry instanceof FaultEntry.Recovered recovered) {
                spans.computeIfPresent(recovered.fault(), (number, span) -> span.recovered(recovered.millis()));
            }
        }
        return List.copyOf(spans.values());
    }

    private FaultSpan until(long nanos) {
        return new FaultSpan(name, beginNanos, nanos, recoveredMillis);
    }

    private FaultSpan recovered(long millis) {
        return new FaultSpan(name, beginNanos, endNanos, millis);
    }
}
