package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry.Answered;
import dev.terminalcloud.checker.history.HistoryEntry.Paired;
import dev.terminalcloud.checker.history.HistoryEntry.Polled;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

/** Rules about the statuses of responses. */
final class ResponseRules {
    /** 400: another register has the device; 429: the device is busy; 502 to 504: a component is unavailable. */
    private static final Set<Integer> OF_STARTS = Set.of(200, 400, 429, 502, 503, 504);

    private static final Set<Integer> OF_POLLS = Set.of(200, 502, 503, 504);

    private static final int TOKEN_EXPIRED = 401;
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);

    /** 0: no response; 400: the device already has a newer code. */
    private static final Set<Integer> OF_PAIRINGS = Set.of(0, 200, 400, 502, 503, 504);

    private ResponseRules() {}

    static Stream<Violation> unexpected(HistoryIndex index) {
        Stream<Violation> starts = index.all(Answered.class)
                .filter(answer -> !OF_STARTS.contains(answer.status()))
                .map(answer -> new Violation(
                        Rule.ANSWERS_ARE_EXPECTED.name(),
                        answer.number(),
                        answer.transactionId(),
                        "a start was answered with %d %s".formatted(answer.status(), answer.body())));
        Stream<Violation> polls = index.histories().stream().flatMap(ResponseRules::unexpectedPolls);
        Stream<Violation> pairings = index.all(Paired.class)
                .filter(pairing -> !OF_PAIRINGS.contains(pairing.status()))
                .map(pairing -> new Violation(
                        Rule.ANSWERS_ARE_EXPECTED.name(),
                        0,
                        null,
                        "the pairing of %s was answered with %d".formatted(pairing.merchant(), pairing.status())));
        return Stream.of(starts, polls, pairings).flatMap(answers -> answers);
    }

    private static Stream<Violation> unexpectedPolls(TransactionHistory transaction) {
        return transaction.entries().stream()
                .filter(stamped ->
                        stamped.entry() instanceof Polled poll && !isExpected(poll, stamped.millis(), transaction))
                .map(stamped -> (Polled) stamped.entry())
                .map(poll -> transaction.violates(
                        Rule.ANSWERS_ARE_EXPECTED.name(),
                        "a poll was answered with %d %s".formatted(poll.status(), poll.body())));
    }

    private static boolean isExpected(Polled poll, long millis, TransactionHistory transaction) {
        return OF_POLLS.contains(poll.status())
                || (poll.status() == TOKEN_EXPIRED && millis - transaction.firstMillis() >= TOKEN_LIFE.toMillis());
    }
}
