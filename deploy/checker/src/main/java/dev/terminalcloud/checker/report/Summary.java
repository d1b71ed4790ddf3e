package dev.terminalcloud.checker.report;

import dev.terminalcloud.checker.check.HistoryIndex;
import dev.terminalcloud.checker.check.PlannedChangeRules;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.HistoryEntry.PhaseTimes;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The summary of a run in a dozen lines: requests, outcomes and durations. */
final class Summary {
    private final List<TimestampedEntry> entries;
    private final Figures figures;

    Summary(List<TimestampedEntry> entries, Figures figures) {
        this.entries = entries;
        this.figures = figures;
    }

    /** Returns the facts in the order of the report. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("requests to start", "%d: %s".formatted(figures.requests(), listed(figures.answers())));
        facts.put("ended transactions", "%d: %s".formatted(figures.completed(), listed(figures.outcomes())));
        facts.put(
                "payments on devices",
                Long.toString(all(HistoryEntry.PaymentShown.class).count()));
        facts.put(
                "responses to polls",
                Long.toString(all(HistoryEntry.Polled.class).count()));
        new ExtrasCounts(entries).addTo(facts);
        facts.put("callbacks", Long.toString(all(HistoryEntry.CalledBack.class).count()));
        facts.put(
                "injected misbehaviours of devices",
                Long.toString(all(HistoryEntry.Misbehaved.class).count()));
        facts.put(
                "alerts, by reason",
                listed(counted(
                        all(HistoryEntry.DiscrepancyRecorded.class).map(HistoryEntry.DiscrepancyRecorded::reason))));
        facts.put("duplicates, each counted once", new DuplicateCounts(entries).toString());
        facts.put(
                "time from the request to the end, as the register saw it",
                spread(figures.completions().stream().map(Figures.Completion::millis)));
        List<Long> payments =
                PlannedChangeRules.paymentMillis(new HistoryIndex(entries)).toList();
        if (!payments.isEmpty()) {
            facts.put("the same during planned changes, without incidents", spread(payments.stream()));
        }
        facts.put("shown as delayed until the device reported", spread(figures.delays().stream()));
        facts.put("delayed at the end of the run", Integer.toString(figures.delayedNow()));
        facts.put("time until the start", spread(lasted(PhaseTimes::startedMillis, PhaseTimes::finishedMillis)));
        facts.put(
                "time until the end, or until shown as delayed",
                spread(lasted(PhaseTimes::delayedMillis, PhaseTimes::finishedMillis)));
        return facts;
    }

    private <E extends HistoryEntry> Stream<E> all(Class<E> kind) {
        return entries.stream()
                .map(TimestampedEntry::entry)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private static Map<String, Integer> counted(Stream<String> names) {
        return names.collect(Collectors.toMap(Function.identity(), name -> 1, Integer::sum, TreeMap::new));
    }

    private static String listed(Map<String, Integer> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(count -> "%d × %s".formatted(count.getValue(), count.getKey()))
                        .collect(Collectors.joining(", "));
    }

    /** Returns the times from the intake to the earlier of the two, by the database's clock. */
    private Stream<Long> lasted(Function<PhaseTimes, Long> one, Function<PhaseTimes, Long> other) {
        return all(PhaseTimes.class)
                .flatMap(dates -> Stream.of(one.apply(dates), other.apply(dates))
                        .filter(Objects::nonNull)
                        .min(Long::compare)
                        .map(end -> end - dates.acceptedMillis())
                        .stream());
    }

    private static String spread(Stream<Long> millis) {
        List<Long> sorted = millis.sorted().toList();
        return sorted.isEmpty()
                ? "none"
                : "%d: %d ms (median), %d ms (99 %%), %d ms (maximum)"
                        .formatted(
                                sorted.size(),
                                Figures.percentile(sorted, 50),
                                Figures.percentile(sorted, 99),
                                Figures.percentile(sorted, 100));
    }
}
