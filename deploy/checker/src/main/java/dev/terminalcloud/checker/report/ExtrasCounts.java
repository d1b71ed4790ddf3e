package dev.terminalcloud.checker.report;

import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.HistoryEntry.Purpose;
import dev.terminalcloud.checker.history.StreamEntry;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Counts what registers used of the POS API beyond the original. For one thread. */
final class ExtrasCounts {
    private static final int OK = 200;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Set<Integer> repeated = new HashSet<>();
    private final Set<Integer> refunds = new HashSet<>();
    private final Map<UUID, String> cancellations = new HashMap<>();

    ExtrasCounts(Iterable<TimestampedEntry> entries) {
        entries.forEach(stamped -> add(stamped.entry()));
    }

    private void add(HistoryEntry entry) {
        if (entry instanceof HistoryEntry.Sent sent) {
            addStart(sent);
        } else if (entry instanceof HistoryEntry.Answered answered && refunds.contains(answered.number())) {
            count("refunds " + answered.status());
        } else if (entry instanceof HistoryEntry.SentAgain again) {
            repeated.add(again.number());
            count("repetitions");
        } else if (entry instanceof StreamEntry.StreamOpened opened) {
            count(opened.connection() == 1 ? "streams" : "resumptions");
        } else if (entry instanceof StreamEntry.Streamed event) {
            count("events");
            follow(
                    event.transactionId(),
                    event.body().path("data").path("Cancellation").asText());
        } else if (entry instanceof HistoryEntry.CancelSent cancelled) {
            count("cancellations");
            cancellations.putIfAbsent(cancelled.transactionId(), "unknown");
        } else if (entry instanceof HistoryEntry.LookedUp lookUp) {
            count("look-ups");
            counts.merge("found", lookUp.transactions().size(), Integer::sum);
        } else if (entry instanceof HistoryEntry.Polled polled) {
            addPoll(polled);
        }
    }

    private void addStart(HistoryEntry.Sent sent) {
        if (sent.key() != null) {
            count("keys");
        }
        if (sent.original() != null) {
            refunds.add(sent.number());
        }
    }

    private void addPoll(HistoryEntry.Polled polled) {
        if (polled.purpose() == Purpose.LONG_POLL) {
            count("long polls");
        } else if (polled.purpose() == Purpose.LOOK_UP) {
            count("reads");
        }
        if (polled.status() == OK) {
            follow(
                    polled.transactionId(),
                    polled.body().path("data").path("Cancellation").asText());
        }
    }

    private void follow(UUID transactionId, String cancellation) {
        if (!cancellation.isEmpty()) {
            cancellations.put(transactionId, cancellation);
        }
    }

    private void count(String name) {
        counts.merge(name, 1, Integer::sum);
    }

    private int of(String name) {
        return counts.getOrDefault(name, 0);
    }

    void addTo(Map<String, String> facts) {
        facts.put(
                "starts with a key",
                "%d, of which %d repeated, %d times".formatted(of("keys"), repeated.size(), of("repetitions")));
        facts.put(
                "event streams",
                "%d, resumed %d times; %d events".formatted(of("streams"), of("resumptions"), of("events")));
        facts.put(
                "linked refunds",
                "%d; of the responses %d × 200, %d × 400"
                        .formatted(refunds.size(), of("refunds 200"), of("refunds 400")));
        facts.put("responses to long polls", Integer.toString(of("long polls")));
        facts.put(
                "cancellations",
                "%d of %d transactions: %s".formatted(of("cancellations"), cancellations.size(), states()));
        facts.put(
                "look-ups",
                "%d by reference, which found %d, and %d by id".formatted(of("look-ups"), of("found"), of("reads")));
    }

    private String states() {
        Map<String, Integer> states = new TreeMap<>();
        cancellations.values().forEach(state -> states.merge(state, 1, Integer::sum));
        return states.isEmpty()
                ? "none"
                : states.entrySet().stream()
                        .map(state -> "%d × %s".formatted(state.getValue(), state.getKey()))
                        .collect(Collectors.joining(", "));
    }
}
