package dev.terminalcloud.checker.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What a history comes to in numbers. For one thread. */
public final class Figures {
    /** An accepted request and what its register first saw of its end. */
    record Completion(long sentNanos, long completedNanos) {
        long millis() {
            return TimeUnit.NANOSECONDS.toMillis(completedNanos - sentNanos);
        }
    }

    private final Map<Integer, Long> sent = new HashMap<>();
    private final Map<UUID, Integer> numbers = new HashMap<>();
    private final Map<UUID, Completion> completions = new HashMap<>();
    private final Map<UUID, Long> delayedSince = new HashMap<>();
    private final List<Long> delays = new ArrayList<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<String, Integer> answers = new TreeMap<>();

    private int faults;

    public Figures(List<TimestampedEntry> entries) {
        entries.forEach(this::add);
    }

    /** What has happened since. */
    public void add(TimestampedEntry stamped) {
        HistoryEntry entry = stamped.entry();
        if (entry instanceof HistoryEntry.Sent start) {
            sent.put(start.number(), stamped.nanos());
        } else if (entry instanceof HistoryEntry.Answered answered) {
            answers.merge(Integer.toString(answered.status()), 1, Integer::sum);
            if (answered.transactionId() != null) {
                numbers.put(answered.transactionId(), answered.number());
                addObservation(answered.transactionId(), stamped.nanos(), answered.body());
            }
        } else if (entry instanceof HistoryEntry.Unanswered) {
            answers.merge("none", 1, Integer::sum);
        } else if (entry instanceof HistoryEntry.FaultBegan) {
            faults++;
        } else if (entry instanceof HistoryEntry.Polled polled) {
            addObservation(polled.transactionId(), stamped.nanos(), polled.body());
        }
    }

    private void addObservation(UUID id, long nanos, JsonNode body) {
        JsonNode data = body.path("data");
        if (body.path("transactionStatus").asText().equals("COMPLETED")) {
            endDelay(id, nanos);
            complete(id, nanos, data);
        } else if (data.path("TransactionResult").asText().equals("OK-DELAYED")) {
            delayedSince.putIfAbsent(id, nanos);
        }
    }

    private void endDelay(UUID id, long nanos) {
        Long since = delayedSince.remove(id);
        if (since != null) {
            delays.add(TimeUnit.NANOSECONDS.toMillis(nanos - since));
        }
    }

    private void complete(UUID id, long nanos, JsonNode data) {
        Long start = sent.get(numbers.get(id));
        if (start != null && completions.putIfAbsent(id, new Completion(start, nanos)) == null) {
            String result = data.path("Result").asText();
            String shown = data.path("TransactionResult").asText();
            outcomes.merge(result.equals("OK") ? shown : shown + " " + result, 1, Integer::sum);
        }
    }

    public int requests() {
        return sent.size();
    }

    public int completed() {
        return completions.size();
    }

    public int faults() {
        return faults;
    }

    /** Requests that started a transaction, as their registers were told. */
    public int accepted() {
        return answers.getOrDefault("200", 0);
    }

    public int delayedNow() {
        return delayedSince.size();
    }

    public Map<String, Integer> outcomes() {
        return new TreeMap<>(outcomes);
    }

    /** Statuses of the answers to starts, and {@code none}. */
    Map<String, Integer> answers() {
        return new TreeMap<>(answers);
    }

    /** In the order of their ends. */
    List<Completion> completions() {
        List<Completion> sorted = new ArrayList<>(completions.values());
        sorted.sort((one, other) -> Long.compare(one.completedNanos(), other.completedNanos()));
        return sorted;
    }

    /** How long those were shown as delayed that have ended since, in milliseconds, sorted. */
    List<Long> delays() {
        return delays.stream().sorted().toList();
    }

    /** The smallest value that at least so many of a hundred do not exceed (nearest rank); 0 of none. */
    static long percentile(List<Long> sorted, int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, rank - 1));
    }
}
