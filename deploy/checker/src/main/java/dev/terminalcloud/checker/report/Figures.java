package dev.terminalcloud.checker.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.checker.history.FaultEntry;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.StreamEntry;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The figures of a history. For one thread. */
public final class Figures {
    /** An accepted request, and the time at which its register first saw that it had ended. */
    record Completion(long sentNanos, long completedNanos) {
        long millis() {
            return TimeUnit.NANOSECONDS.toMillis(completedNanos - sentNanos);
        }
    }

    private static final String ACCEPTED = "200";

    private final Map<Integer, Long> sent = new HashMap<>();
    private final Map<UUID, Integer> numbers = new HashMap<>();
    private final Map<UUID, Completion> completions = new HashMap<>();
    private final Map<UUID, Long> delayedSince = new HashMap<>();
    private final List<Long> delays = new ArrayList<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<Integer, String> answers = new HashMap<>();

    private int faults;

    public Figures(List<TimestampedEntry> entries) {
        entries.forEach(this::add);
    }

    /** Adds the next entry of the history. */
    public void add(TimestampedEntry stamped) {
        HistoryEntry entry = stamped.entry();
        if (entry instanceof HistoryEntry.Sent start) {
            sent.put(start.number(), stamped.nanos());
        } else if (entry instanceof HistoryEntry.Answered answered) {
            addAnswer(answered.number(), Integer.toString(answered.status()));
            if (answered.transactionId() != null) {
                numbers.put(answered.transactionId(), answered.number());
                addObservation(answered.transactionId(), stamped.nanos(), answered.body());
            }
        } else if (entry instanceof HistoryEntry.Unanswered unanswered) {
            addAnswer(unanswered.number(), "none");
        } else if (entry instanceof FaultEntry.FaultBegan) {
            faults++;
        } else if (entry instanceof HistoryEntry.Polled polled) {
            addObservation(polled.transactionId(), stamped.nanos(), polled.body());
        } else if (entry instanceof StreamEntry.Streamed event) {
            addObservation(event.transactionId(), stamped.nanos(), event.body());
        }
    }

    /** The last response counts, since a register repeats a start until there is one; but a request that was accepted stays accepted. */
    private void addAnswer(int number, String answer) {
        answers.merge(number, answer, (before, later) -> before.equals(ACCEPTED) ? before : later);
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

    /** Returns the number of requests that were answered with 200. */
    public int accepted() {
        return answers().getOrDefault(ACCEPTED, 0);
    }

    public int delayedNow() {
        return delayedSince.size();
    }

    public Map<String, Integer> outcomes() {
        return new TreeMap<>(outcomes);
    }

    /** Returns the number of responses to starts by status; {@code none} if no response came. */
    Map<String, Integer> answers() {
        Map<String, Integer> counts = new TreeMap<>();
        answers.values().forEach(answer -> counts.merge(answer, 1, Integer::sum));
        return counts;
    }

    /** Returns the completions in the order of their times. */
    List<Completion> completions() {
        List<Completion> sorted = new ArrayList<>(completions.values());
        sorted.sort((one, other) -> Long.compare(one.completedNanos(), other.completedNanos()));
        return sorted;
    }

    /** Returns the times for which transactions were shown as delayed that have ended since, in milliseconds, sorted. */
    List<Long> delays() {
        return delays.stream().sorted().toList();
    }

    /** Returns the smallest value that at least this percentage of values does not exceed (nearest rank); 0 without values. */
    static long percentile(List<Long> sorted, int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, rank - 1));
    }
}
