package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry.Answered;
import dev.terminalcloud.checker.history.HistoryEntry.Offered;
import dev.terminalcloud.checker.history.HistoryEntry.Stored;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about requests and the transactions that they start. */
final class StartRules {
    private StartRules() {}

    static Stream<Violation> doubled(HistoryIndex index) {
        Stream<Violation> requests = index.all(Answered.class)
                .map(Answered::number)
                .distinct()
                .filter(number -> index.transactionsOf(number).size() > 1)
                .map(number -> new Violation(
                        Rule.ONE_REQUEST_ONE_TRANSACTION.name(),
                        number,
                        null,
                        "started " + index.transactionsOf(number)));
        Map<UUID, Set<Integer>> answered = index.all(Answered.class)
                .filter(answer -> answer.transactionId() != null)
                .collect(Collectors.groupingBy(
                        Answered::transactionId, Collectors.mapping(Answered::number, Collectors.toSet())));
        Stream<Violation> answers = answered.entrySet().stream()
                .filter(id -> id.getValue().size() > 1)
                .map(id -> new Violation(
                        Rule.ONE_REQUEST_ONE_TRANSACTION.name(),
                        0,
                        id.getKey(),
                        "one transaction for several requests"));
        return Stream.concat(requests, answers);
    }

    static Stream<Violation> notStored(HistoryIndex index) {
        if (index.all(Stored.class).findAny().isEmpty()) {
            return Stream.empty();
        }
        return index.histories().stream()
                .filter(TransactionHistory::isAccepted)
                .filter(transaction ->
                        transaction.row().filter(row -> !row.abandoned()).isEmpty())
                .map(transaction -> transaction.violates(Rule.ACCEPTED_IS_STORED.name(), "accepted but not stored"));
    }

    static Stream<Violation> refusedAndStarted(HistoryIndex index) {
        return index.histories().stream()
                .filter(transaction -> transaction.rejection().isPresent())
                .filter(transaction -> transaction.has(Offered.class)
                        || transaction.timesRun() > 0
                        || transaction.row().filter(row -> !row.abandoned()).isPresent())
                .map(transaction -> transaction.violates(
                        Rule.REFUSED_NEVER_STARTED.name(),
                        "answered with %d, but started"
                                .formatted(transaction.rejection().orElseThrow().status())));
    }
}
