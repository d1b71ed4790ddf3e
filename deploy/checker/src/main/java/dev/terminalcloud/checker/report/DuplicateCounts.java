package dev.terminalcloud.checker.report;

import dev.terminalcloud.checker.history.FaultEntry;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.TimestampedEntry;
import dev.terminalcloud.checker.history.TransactionOutcome;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Counts duplicates from devices, to devices, on Kafka and to registers: each one after the first. For one thread. */
final class DuplicateCounts {
    private static final Map<String, String> STEPS =
            Map.of("sent Claim", "claims", "sent Refused", "refusals", "received StartGranted", "grants");
    private static final String FURTHER_OFFER = "received Offer";

    private record ReportedResult(UUID transactionId, String what, TransactionOutcome outcome) {}

    private final Set<ReportedResult> seen = new HashSet<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    DuplicateCounts(List<TimestampedEntry> entries) {
        entries.stream().map(TimestampedEntry::entry).forEach(this::add);
    }

    private void add(HistoryEntry entry) {
        if (entry instanceof HistoryEntry.DeviceStep step && step.what().equals(FURTHER_OFFER)) {
            count("offers", 1);
        } else if (entry instanceof HistoryEntry.DeviceStep step && STEPS.containsKey(step.what())) {
            countIfKnown(new ReportedResult(step.transactionId(), step.what(), null), STEPS.get(step.what()));
        } else if (entry instanceof HistoryEntry.DeviceReported result) {
            countIfKnown(new ReportedResult(result.transactionId(), "", result.outcome()), "results");
        } else if (entry instanceof HistoryEntry.CalledBack called) {
            countIfKnown(new ReportedResult(called.transactionId(), "callback", null), "callbacks");
        } else if (entry instanceof FaultEntry.Repeated repeated) {
            count("records on Kafka", repeated.records());
        }
    }

    private void countIfKnown(ReportedResult again, String name) {
        if (!seen.add(again)) {
            count(name, 1);
        }
    }

    private void count(String name, int more) {
        counts.merge(name, more, Integer::sum);
    }

    /** Returns a text such as {@code 12 claims, 3 offers}; {@code nothing} without duplicates. */
    @Override
    public String toString() {
        return counts.isEmpty()
                ? "nothing"
                : counts.entrySet().stream()
                        .map(count -> "%d %s".formatted(count.getValue(), count.getKey()))
                        .collect(Collectors.joining(", "));
    }
}
