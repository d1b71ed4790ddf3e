package dev.terminalcloud.checker.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.checker.history.HistoryEntry.Answered;
import dev.terminalcloud.checker.history.HistoryEntry.Sent;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules about linked refunds: all refunds of one purchase together are at most what was paid, at whichever replicas they start.
 *
 * <p>A refund whose outcome no register has seen does not count. A response is judged only by what is certain at its time: a refund that was
 * already started, and was accepted in the end, had taken its amount; one that was sent may have, unless it is known to have given nothing back.
 */
final class LinkedRefundRules {
    private static final int OK = 200;
    private static final String ACCEPTED = "OK-ACCEPTED";

    /** 400: more than is left; 502 to 504: a component is unavailable. */
    private static final Set<Integer> OF_TOO_MUCH = Set.of(400, 502, 503, 504);

    private static final String ORIGINAL = "OriginalTransactionId ";
    private static final String TOO_MUCH = "AmountTotal must be at most ";

    private LinkedRefundRules() {}

    static Stream<Violation> exceeding(HistoryIndex index) {
        Map<UUID, List<Refund>> refunds = index.histories().stream()
                .flatMap(transaction -> Refund.of(transaction).stream())
                .collect(Collectors.groupingBy(Refund::original));
        if (refunds.isEmpty()) {
            return Stream.empty();
        }
        Map<UUID, TransactionHistory> histories = index.histories().stream()
                .filter(transaction -> transaction.transactionId() != null)
                .collect(Collectors.toMap(TransactionHistory::transactionId, Function.identity()));
        return refunds.entrySet().stream().flatMap(of -> {
            long paid = Optional.ofNullable(histories.get(of.getKey()))
                    .map(LinkedRefundRules::paid)
                    .orElse(0L);
            return violations(of.getKey(), paid, of.getValue());
        });
    }

    private static Stream<Violation> violations(UUID original, long paid, List<Refund> refunds) {
        long accepted = refunds.stream()
                .filter(Refund::isAccepted)
                .mapToLong(Refund::cents)
                .sum();
        Stream<Violation> sum = accepted > paid
                ? Stream.of(new Violation(
                        Rule.REFUNDS_NEVER_EXCEED.name(),
                        0,
                        original,
                        "%d were paid, and %d were refunded".formatted(paid, accepted)))
                : Stream.empty();
        return Stream.concat(sum, refunds.stream().flatMap(refund -> refund.transaction().entries().stream()
                .filter(stamped -> stamped.entry() instanceof Answered)
                .flatMap(stamped -> wrong(refund, stamped, paid, refunds).stream())
                .limit(1)
                .map(what -> refund.transaction().violates(Rule.REFUNDS_NEVER_EXCEED.name(), what))));
    }

    private static Optional<String> wrong(Refund refund, TimestampedEntry stamped, long paid, List<Refund> all) {
        Answered answer = (Answered) stamped.entry();
        String error = answer.body().path("error").asText();
        long leftAtMost = paid - sum(refund, all, other -> other.hadTakenBefore(refund.sentNanos()));
        if (refund.requested() > leftAtMost && !OF_TOO_MUCH.contains(answer.status())) {
            return Optional.of("a refund of %d, with at most %d left, was answered with %d"
                    .formatted(refund.requested(), leftAtMost, answer.status()));
        }
        if (error.startsWith(ORIGINAL)) {
            return Optional.of("the purchase was shown as approved, and its refund was rejected: " + error);
        }
        long leftAtLeast = paid - sum(refund, all, other -> other.mayHaveTaken(answer.askedNanos(), stamped.nanos()));
        return error.startsWith(TOO_MUCH) && refund.requested() <= leftAtLeast
                ? Optional.of("a refund of %d, with at least %d left, was rejected: %s"
                        .formatted(refund.requested(), leftAtLeast, error))
                : Optional.empty();
    }

    private static long sum(Refund refund, List<Refund> all, Predicate<Refund> counts) {
        return all.stream()
                .filter(other ->
                        other.transaction().number() != refund.transaction().number() && counts.test(other))
                .mapToLong(Refund::cents)
                .sum();
    }

    /** Returns the total without the cash, as its register saw it; 0 unless it was accepted. */
    private static long paid(TransactionHistory purchase) {
        return purchase.observations().stream()
                .filter(LinkedRefundRules::isAccepted)
                .findFirst()
                .map(Observation::data)
                .map(data -> total(data) - data.path("AmountCash").asLong())
                .orElse(0L);
    }

    private static boolean isAccepted(Observation observation) {
        return observation.isCompleted()
                && observation.outcome().transactionResult().equals(ACCEPTED);
    }

    private static long total(JsonNode data) {
        return data.path("AmountTotal").asLong();
    }

    /**
     * A linked refund, or a request for one.
     *
     * @param requested the requested amount
     * @param cents the larger of that and the amount that was shown
     * @param sentNanos the time of the first request
     */
    private record Refund(TransactionHistory transaction, UUID original, long requested, long cents, long sentNanos) {
        static Optional<Refund> of(TransactionHistory transaction) {
            return transaction.entries().stream()
                    .filter(stamped -> stamped.entry() instanceof Sent sent && sent.original() != null)
                    .findFirst()
                    .map(stamped -> of(transaction, stamped));
        }

        private static Refund of(TransactionHistory transaction, TimestampedEntry stamped) {
            Sent sent = (Sent) stamped.entry();
            long shown = transaction.observations().stream()
                    .mapToLong(observation -> total(observation.data()))
                    .max()
                    .orElse(0);
            return new Refund(
                    transaction,
                    sent.original(),
                    sent.amountCents(),
                    Math.max(sent.amountCents(), shown),
                    stamped.nanos());
        }

        boolean isAccepted() {
            return transaction.observations().stream().anyMatch(LinkedRefundRules::isAccepted);
        }

        /** Returns whether it was accepted in the end, and had been started at that time. */
        boolean hadTakenBefore(long nanos) {
            return isAccepted()
                    && transaction.entries().stream()
                            .anyMatch(stamped -> stamped.nanos() < nanos
                                    && stamped.entry() instanceof Answered answered
                                    && answered.status() == OK);
        }

        /** Returns whether it may have counted between these times. */
        boolean mayHaveTaken(long askedNanos, long answeredNanos) {
            boolean gaveNothing = transaction.observations().stream()
                    .anyMatch(observation -> observation.receivedNanos() < askedNanos
                            && observation.isCompleted()
                            && !LinkedRefundRules.isAccepted(observation));
            return sentNanos < answeredNanos
                    && !gaveNothing
                    && transaction.rejection().isEmpty();
        }
    }
}
