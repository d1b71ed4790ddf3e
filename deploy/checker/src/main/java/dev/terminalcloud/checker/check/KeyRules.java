package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry.Answered;
import dev.terminalcloud.checker.history.HistoryEntry.Sent;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about starts with an {@code Idempotency-Key}. */
final class KeyRules {
    private static final int OK = 200;

    /** 200: the first transaction; 502 to 504: a component is unavailable. */
    private static final Set<Integer> AFTER_SUCCESS = Set.of(OK, 502, 503, 504);

    private record Key(String merchant, String text) {}

    private KeyRules() {}

    static Stream<Violation> several(HistoryIndex index) {
        return Stream.concat(
                severalTransactions(index),
                index.histories().stream().flatMap(transaction -> rejectedAfterSuccess(transaction).stream()));
    }

    private static Stream<Violation> severalTransactions(HistoryIndex index) {
        Map<UUID, TransactionHistory> histories = index.histories().stream()
                .filter(transaction -> transaction.transactionId() != null)
                .collect(Collectors.toMap(TransactionHistory::transactionId, Function.identity()));
        Map<Key, List<Integer>> numbers = index.all(Sent.class)
                .filter(sent -> sent.key() != null)
                .collect(Collectors.groupingBy(
                        sent -> new Key(sent.merchant(), sent.key()),
                        Collectors.mapping(Sent::number, Collectors.toList())));
        return numbers.values().stream().flatMap(requests -> severalTransactions(index, histories, requests));
    }

    private static Stream<Violation> severalTransactions(
            HistoryIndex index, Map<UUID, TransactionHistory> histories, List<Integer> requests) {
        List<TransactionHistory> started = requests.stream()
                .flatMap(number -> index.transactionsOf(number).stream())
                .distinct()
                .map(histories::get)
                .filter(Objects::nonNull)
                .toList();
        if (started.size() > 1) {
            return Stream.of(started.get(0)
                    .violates(
                            Rule.ONE_KEY_ONE_TRANSACTION.name(),
                            "one key started "
                                    + started.stream()
                                            .map(TransactionHistory::transactionId)
                                            .toList()));
        }
        return started.stream()
                .filter(transaction ->
                        transaction.timesRun() > 1 && !transaction.hasInjectedMisbehaviour("ForgetJournal"))
                .map(transaction -> transaction.violates(
                        Rule.ONE_KEY_ONE_TRANSACTION.name(),
                        "the transaction of one key ran %d times".formatted(transaction.timesRun())));
    }

    /** A repetition that is sent after the response to the first gets the same transaction, whatever has changed since. */
    private static List<Violation> rejectedAfterSuccess(TransactionHistory transaction) {
        if (transaction.all(Sent.class).noneMatch(sent -> sent.key() != null)) {
            return List.of();
        }
        long succeeded = transaction.entries().stream()
                .filter(stamped -> stamped.entry() instanceof Answered answered && answered.status() == OK)
                .mapToLong(TimestampedEntry::nanos)
                .min()
                .orElse(Long.MAX_VALUE);
        return transaction
                .all(Answered.class)
                .filter(answer -> answer.askedNanos() > succeeded && !AFTER_SUCCESS.contains(answer.status()))
                .map(answer -> transaction.violates(
                        Rule.ONE_KEY_ONE_TRANSACTION.name(),
                        "the key had started a transaction, and its repetition was answered with %d %s"
                                .formatted(answer.status(), answer.body())))
                .toList();
    }
}
