package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.TransactionOutcome;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Rules that compare what registers saw with what devices reported, and with itself. */
final class OutcomeRules {
    private static final String NEVER_RAN = "FAILED-INTERFACE";

    private OutcomeRules() {}

    static Stream<Violation> mismatched(HistoryIndex index) {
        return index.histories().stream().flatMap(transaction -> mismatched(transaction).stream());
    }

    private static Optional<Violation> mismatched(TransactionHistory transaction) {
        return transaction
                .shownOutcome()
                .filter(shown -> !shown.result().equals(NEVER_RAN)
                        && !transaction.wasCancelledWithoutDevice(shown)
                        && !transaction.wasManuallyResolved(shown))
                .filter(shown -> reportedOutcomes(transaction).noneMatch(reported -> reported.isShownAs(shown)))
                .map(shown -> transaction.violates(
                        Rule.OUTCOME_MATCHES_DEVICE_REPORT.name(),
                        "shown as %s / %s, which the device did not report"
                                .formatted(shown.transactionResult(), shown.result())));
    }

    /** A conforming device reports one result; with an injected contradiction any of its results may count. */
    private static Stream<TransactionOutcome> reportedOutcomes(TransactionHistory transaction) {
        return transaction.hasInjectedMisbehaviour("AnswerTwiceDifferently", "ForgetJournal")
                ? transaction.reportedOutcomes().stream()
                : transaction.reportedOutcomes().stream().limit(1);
    }

    static Stream<Violation> changed(HistoryIndex index) {
        return pairs(
                index,
                Rule.FINAL_IS_FINAL,
                (previous, later) ->
                        previous.isCompleted() && (!later.isCompleted() || !later.hasSameFinalData(previous)),
                "a final outcome changed");
    }

    static Stream<Violation> noLongerDelayed(HistoryIndex index) {
        return pairs(
                index,
                Rule.DELAYED_STAYS_DELAYED,
                (previous, later) -> previous.isDelayed() && !later.isDelayed() && !later.isCompleted(),
                "a delayed transaction was no longer delayed");
    }

    static Stream<Violation> versionDecreased(HistoryIndex index) {
        return pairs(
                index,
                Rule.VERSIONS_GROW,
                (previous, later) -> later.version() < previous.version()
                        || (later.version() == previous.version() && contradicts(previous, later)),
                "a version decreased or changed its content");
    }

    /** The response to a held request also has the polling URL, and a callback has no token. */
    private static boolean contradicts(Observation previous, Observation later) {
        return !previous.body().path("transactionStatus").equals(later.body().path("transactionStatus"))
                || !previous.data()
                        .path("TransactionResult")
                        .equals(later.data().path("TransactionResult"));
    }

    /**
     * Checks each pair of observations whose later one was requested after the previous one was received: responses that overlap may arrive
     * in any order. It is enough to compare with the newest previous one, since that one was compared with those before it.
     */
    private static Stream<Violation> pairs(
            HistoryIndex index, Rule rule, BiPredicate<Observation, Observation> isBroken, String what) {
        return index.histories().stream()
                .filter(transaction -> isBrokenIn(transaction.observations(), isBroken))
                .map(transaction -> transaction.violates(rule.name(), what));
    }

    static boolean isBrokenIn(List<Observation> observations, BiPredicate<Observation, Observation> isBroken) {
        return observations.stream().anyMatch(later -> observations.stream()
                .filter(previous -> previous.receivedNanos() < later.requestedNanos())
                .reduce((earlier, newest) -> newest)
                .filter(previous -> isBroken.test(previous, later))
                .isPresent());
    }
}
