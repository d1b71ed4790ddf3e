package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry.Answered;
import dev.terminalcloud.checker.history.HistoryEntry.LookedUp;
import dev.terminalcloud.checker.history.HistoryEntry.Paired;
import dev.terminalcloud.checker.history.HistoryEntry.Polled;
import dev.terminalcloud.checker.history.HistoryEntry.Purpose;
import dev.terminalcloud.checker.history.StreamEntry.StreamEnded;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.time.Duration;
import java.util.Optional;
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

    /** 0: no response. */
    private static final Set<Integer> OF_STREAMS_AND_LOOK_UPS = Set.of(0, 200, 502, 503, 504);

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
        Stream<Violation> lookUps = index.all(LookedUp.class)
                .filter(lookUp -> !OF_STREAMS_AND_LOOK_UPS.contains(lookUp.status()))
                .map(lookUp -> new Violation(
                        Rule.ANSWERS_ARE_EXPECTED.name(),
                        lookUp.number(),
                        null,
                        "a look-up was answered with %d %s".formatted(lookUp.status(), lookUp.body())));
        return Stream.of(starts, polls, pairings, lookUps).flatMap(answers -> answers);
    }

    private static Stream<Violation> unexpectedPolls(TransactionHistory transaction) {
        return transaction.entries().stream().flatMap(stamped -> unexpected(stamped, transaction).stream());
    }

    private static Optional<Violation> unexpected(TimestampedEntry stamped, TransactionHistory transaction) {
        boolean mayBeExpired = stamped.millis() - transaction.firstMillis() >= TOKEN_LIFE.toMillis();
        if (stamped.entry() instanceof Polled poll && !OF_POLLS.contains(poll.status())) {
            boolean usesPollingToken = poll.purpose() != Purpose.LOOK_UP;
            return poll.status() == TOKEN_EXPIRED && usesPollingToken && mayBeExpired
                    ? Optional.empty()
                    : Optional.of(transaction.violates(
                            Rule.ANSWERS_ARE_EXPECTED.name(),
                            "a poll was answered with %d %s".formatted(poll.status(), poll.body())));
        }
        if (stamped.entry() instanceof StreamEnded stream && !OF_STREAMS_AND_LOOK_UPS.contains(stream.status())) {
            return stream.status() == TOKEN_EXPIRED && mayBeExpired
                    ? Optional.empty()
                    : Optional.of(transaction.violates(
                            Rule.ANSWERS_ARE_EXPECTED.name(), "a stream was answered with " + stream.status()));
        }
        return Optional.empty();
    }
}
