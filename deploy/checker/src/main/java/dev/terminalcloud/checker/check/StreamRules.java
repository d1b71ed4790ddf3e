package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.StreamEntry.StreamEnd;
import dev.terminalcloud.checker.history.StreamEntry.StreamEnded;
import dev.terminalcloud.checker.history.StreamEntry.StreamOpened;
import dev.terminalcloud.checker.history.StreamEntry.Streamed;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Rules about event streams. */
final class StreamRules {
    private static final int OK = 200;

    private StreamRules() {}

    static Stream<Violation> outOfOrder(HistoryIndex index) {
        return index.histories().stream()
                .filter(transaction -> transaction.has(StreamOpened.class))
                .flatMap(transaction -> outOfOrder(transaction)
                        .or(() -> withoutEnd(transaction))
                        .map(what -> transaction.violates(Rule.STREAM_IN_ORDER.name(), what))
                        .stream());
    }

    private static Optional<String> outOfOrder(TransactionHistory transaction) {
        Map<Integer, Long> newest = new HashMap<>();
        for (TimestampedEntry stamped : transaction.entries()) {
            HistoryEntry entry = stamped.entry();
            if (entry instanceof StreamOpened opened) {
                newest.put(opened.connection(), opened.lastEventId() == null ? Long.MIN_VALUE : opened.lastEventId());
            } else if (entry instanceof Streamed event) {
                long before = newest.getOrDefault(event.connection(), Long.MIN_VALUE);
                if (event.eventId() <= before) {
                    return Optional.of("connection %d showed version %d after version %d"
                            .formatted(event.connection(), event.eventId(), before));
                }
                if (event.eventId() != event.body().path("version").asLong()) {
                    return Optional.of("the event %d has version %s"
                            .formatted(event.eventId(), event.body().path("version")));
                }
                newest.put(event.connection(), event.eventId());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> withoutEnd(TransactionHistory transaction) {
        boolean arrived = transaction.all(Streamed.class).anyMatch(event -> isCompleted(event));
        long completed = transaction.observations().stream()
                .filter(Observation::isCompleted)
                .mapToLong(Observation::receivedNanos)
                .min()
                .orElse(Long.MAX_VALUE);
        if (arrived || completed == Long.MAX_VALUE) {
            return Optional.empty();
        }
        Set<Integer> openedAfterTheEnd = new HashSet<>();
        for (TimestampedEntry stamped : transaction.entries()) {
            if (stamped.entry() instanceof StreamOpened opened && stamped.nanos() > completed) {
                openedAfterTheEnd.add(opened.connection());
            } else if (stamped.entry() instanceof StreamEnded ended
                    && isFailure(ended, openedAfterTheEnd.contains(ended.connection()))) {
                return Optional.of("the final version never arrived on a stream");
            }
        }
        return Optional.empty();
    }

    /** The service may end a stream at any time, but not one that it has opened after the end and that has shown nothing. */
    private static boolean isFailure(StreamEnded ended, boolean openedAfterTheEnd) {
        return ended.reason() == StreamEnd.GIVEN_UP
                || (ended.reason() == StreamEnd.BY_SERVICE && ended.status() == OK && openedAfterTheEnd);
    }

    private static boolean isCompleted(Streamed event) {
        return event.body().path("transactionStatus").asText().equals("COMPLETED");
    }
}
