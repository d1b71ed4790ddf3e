package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry.CancelSent;
import dev.terminalcloud.checker.history.HistoryEntry.Polled;
import dev.terminalcloud.checker.history.HistoryEntry.Purpose;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules about cancellations by registers. A cancellation is {@code REQUESTED} until it is {@code DONE}, {@code TOO-LATE} or {@code UNANSWERED}.
 * The time of faults does not count, as in {@link DeadlineRules}.
 *
 * <p>These three are final, also if the device answers later: only another request after {@code UNANSWERED} begins with {@code REQUESTED} again.
 */
final class CancellationRules {
    private static final int OK = 200;
    private static final long LIMIT = Duration.ofSeconds(15).plusSeconds(5).toMillis();
    private static final String REQUESTED = "REQUESTED";
    private static final String DONE = "DONE";
    private static final String UNANSWERED = "UNANSWERED";
    private static final String NONE = "";

    private CancellationRules() {}

    static Stream<Violation> unresolved(HistoryIndex index) {
        FaultWindows faultWindows = index.faultWindows();
        return index.histories().stream().flatMap(transaction -> Stream.of(
                        notShown(transaction),
                        unrequested(transaction),
                        changed(transaction),
                        late(transaction, faultWindows),
                        contradictsOutcome(transaction),
                        ranAlthoughCancelledAtOnce(transaction))
                .flatMap(Optional::stream)
                .map(what -> transaction.violates(Rule.CANCELLATIONS_RESOLVE.name(), what)));
    }

    private static Optional<String> notShown(TransactionHistory transaction) {
        return transaction
                .all(Polled.class)
                .filter(polled -> polled.purpose() == Purpose.CANCEL && polled.status() == OK)
                .filter(polled -> !polled.body().path("data").has("Cancellation"))
                .findFirst()
                .map(polled -> "the response to a cancellation does not show its state");
    }

    private static Optional<String> unrequested(TransactionHistory transaction) {
        return transaction.has(CancelSent.class)
                ? Optional.empty()
                : transaction.observations().stream()
                        .map(Observation::cancellation)
                        .filter(state -> !state.equals(NONE))
                        .findFirst()
                        .map("shown as %s, but no cancellation was requested"::formatted);
    }

    private static Optional<String> changed(TransactionHistory transaction) {
        boolean asksAgain = transaction.all(CancelSent.class).count() > 1;
        return OutcomeRules.isBrokenIn(
                        transaction.observations(), (previous, later) -> changes(previous, later, asksAgain))
                ? Optional.of("the state of the cancellation changed after it had been resolved, or disappeared")
                : Optional.empty();
    }

    private static boolean changes(Observation previous, Observation later, boolean asksAgain) {
        String before = previous.cancellation();
        String after = later.cancellation();
        if (before.equals(after) || before.equals(NONE)) {
            return false;
        }
        return switch (before) {
            case REQUESTED -> after.equals(NONE);
            case UNANSWERED -> after.equals(NONE) || !asksAgain;
            default -> !isAboutALateRequest(previous, later);
        };
    }

    /** A request after the end changes nothing: its response says so, and polls do not. */
    private static boolean isAboutALateRequest(Observation previous, Observation later) {
        return previous.answersCancel()
                && previous.isCompleted()
                && later.cancellation().equals(NONE);
    }

    private static Optional<String> late(TransactionHistory transaction, FaultWindows faultWindows) {
        long shown = Long.MAX_VALUE;
        for (Observation observation : transaction.observations()) {
            if (!observation.cancellation().equals(REQUESTED)) {
                shown = Long.MAX_VALUE;
                continue;
            }
            shown = Math.min(shown, observation.receivedMillis());
            long since = Math.max(shown, newestRequestMillis(transaction, observation.requestedNanos()));
            long until = observation.requestedMillis();
            long withoutFaults = until - since - faultWindows.millisBetween(since, until);
            if (withoutFaults > LIMIT) {
                return Optional.of("a cancellation was requested for %d ms, of which %d without faults; the limit is %d"
                        .formatted(until - since, withoutFaults, LIMIT));
            }
        }
        return Optional.empty();
    }

    private static long newestRequestMillis(TransactionHistory transaction, long untilNanos) {
        return transaction.entries().stream()
                .filter(stamped -> stamped.entry() instanceof CancelSent && stamped.nanos() <= untilNanos)
                .mapToLong(TimestampedEntry::millis)
                .max()
                .orElse(0);
    }

    private static Optional<String> contradictsOutcome(TransactionHistory transaction) {
        return transaction.observations().stream()
                .filter(CancellationRules::contradictsOutcome)
                .findFirst()
                .map(observation -> "shown as %s, and the transaction as %s %s"
                        .formatted(
                                observation.cancellation(),
                                observation.body().path("transactionStatus").asText(),
                                observation.outcome().transactionResult()));
    }

    private static boolean contradictsOutcome(Observation observation) {
        boolean isCancelled = observation.isCompleted()
                && observation.outcome().transactionResult().equals("CANCELLED");
        return switch (observation.cancellation()) {
            case DONE -> !isCancelled;
            case REQUESTED -> observation.isCompleted();
            default -> false;
        };
    }

    private static Optional<String> ranAlthoughCancelledAtOnce(TransactionHistory transaction) {
        if (transaction.timesRun() == 0 || transaction.hasInjectedMisbehaviour("RunWithoutGrant", "ForgetJournal")) {
            return Optional.empty();
        }
        List<Observation> observations = transaction.observations();
        return observations.stream()
                .filter(observation -> observation.cancellation().equals(DONE) && observation.isNotStarted())
                .findFirst()
                .map(observation -> "cancelled before the device had claimed it, but it ran");
    }
}
