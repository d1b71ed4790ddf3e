package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.TransactionOutcome;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** What registers were told, beside what devices said and beside itself. */
final class OutcomeRules {
    private static final String NEVER_RAN = "FAILED-INTERFACE";

    private OutcomeRules() {}

    static Stream<Violation> mismatched(HistoryIndex evidence) {
        return evidence.histories().stream().flatMap(transaction -> mismatched(transaction).stream());
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
                        "shown is %s / %s, which the device did not say"
                                .formatted(shown.transactionResult(), shown.result())));
    }

    /** A device that behaves says one thing; of one that was told to contradict itself each of its words may count. */
    private static Stream<TransactionOutcome> reportedOutcomes(TransactionHistory transaction) {
        return transaction.hasInjectedMisbehaviour("AnswerTwiceDifferently", "ForgetJournal")
                ? transaction.reportedOutcomes().stream()
                : transaction.reportedOutcomes().stream().limit(1);
    }

    static Stream<Violation> changed(HistoryIndex evidence) {
        return pairs(
                evidence,
                Rule.FINAL_IS_FINAL,
                (previous, later) -> previous.isCompleted()
                        && (!later.isCompleted() || !later.data().equals(previous.data())),
                "it had ended, and later it was told otherwise");
    }

    static Stream<Violation> noLongerDelayed(HistoryIndex evidence) {
        return pairs(
                evidence,
                Rule.DELAYED_STAYS_DELAYED,
                (previous, later) -> previous.isDelayed() && !later.isDelayed() && !later.isCompleted(),
                "it was delayed, and later it was not");
    }

    static Stream<Violation> versionDecreased(HistoryIndex evidence) {
        return pairs(
                evidence,
                Rule.VERSIONS_GROW,
                (previous, later) -> later.version() < previous.version()
                        || (later.version() == previous.version() && contradicts(previous, later)),
                "a version shrank, or said something else than before");
    }

    /** The answer to a held request has its polling URL besides, and a callback is without the token. */
    private static boolean contradicts(Observation previous, Observation later) {
        return !previous.body().path("transactionStatus").equals(later.body().path("transactionStatus"))
                || !previous.data()
                        .path("TransactionResult")
                        .equals(later.data().path("TransactionResult"));
    }

    /**
     * Each pair of which the later was asked for after the former was told: those that were under way at the same time may come in any
     * order. It is enough to look at the newest told before: what is true of it was checked against those before it.
     */
    private static Stream<Violation> pairs(
            HistoryIndex evidence, Rule rule, BiPredicate<Observation, Observation> isBroken, String what) {
        return evidence.histories().stream()
                .filter(transaction -> isBrokenIn(transaction.observations(), isBroken))
                .map(transaction -> transaction.violates(rule.name(), what));
    }

    private static boolean isBrokenIn(List<Observation> observations, BiPredicate<Observation, Observation> isBroken) {
        return observations.stream().anyMatch(later -> observations.stream()
                .filter(previous -> previous.receivedNanos() < later.requestedNanos())
                .reduce((earlier, newest) -> newest)
                .filter(previous -> isBroken.test(previous, later))
                .isPresent());
    }
}
