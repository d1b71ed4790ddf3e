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
        return evidence.stories().stream().flatMap(story -> mismatched(story).stream());
    }

    private static Optional<Violation> mismatched(TransactionHistory story) {
        return story.shownOutcome()
                .filter(shown -> !shown.result().equals(NEVER_RAN)
                        && !story.wasCancelledWithoutDevice(shown)
                        && !story.wasManuallyResolved(shown))
                .filter(shown -> reportedOutcomes(story).noneMatch(truth -> truth.isShownAs(shown)))
                .map(shown -> story.violates(
                        Rule.OUTCOME_MATCHES_DEVICE_REPORT.name(),
                        "shown is %s / %s, which the device did not say"
                                .formatted(shown.transactionResult(), shown.result())));
    }

    /** A device that behaves says one thing; of one that was told to contradict itself each of its words may count. */
    private static Stream<TransactionOutcome> reportedOutcomes(TransactionHistory story) {
        return story.wasToldToMisbehave("AnswerTwiceDifferently", "ForgetJournal")
                ? story.reportedOutcomes().stream()
                : story.reportedOutcomes().stream().limit(1);
    }

    static Stream<Violation> changed(HistoryIndex evidence) {
        return pairs(
                evidence,
                Rule.FINAL_IS_FINAL,
                (former, later) -> former.isCompleted()
                        && (!later.isCompleted() || !later.data().equals(former.data())),
                "it had ended, and later it was told otherwise");
    }

    static Stream<Violation> noLongerDelayed(HistoryIndex evidence) {
        return pairs(
                evidence,
                Rule.DELAYED_STAYS_DELAYED,
                (former, later) -> former.isDelayed() && !later.isDelayed() && !later.isCompleted(),
                "it was delayed, and later it was not");
    }

    static Stream<Violation> versionDecreased(HistoryIndex evidence) {
        return pairs(
                evidence,
                Rule.VERSIONS_GROW,
                (former, later) -> later.version() < former.version()
                        || (later.version() == former.version() && contradicts(former, later)),
                "a version shrank, or said something else than before");
    }

    /** The answer to a held request has its polling URL besides, and a callback is without the token. */
    private static boolean contradicts(Observation former, Observation later) {
        return !former.body().path("transactionStatus").equals(later.body().path("transactionStatus"))
                || !former.data().path("TransactionResult").equals(later.data().path("TransactionResult"));
    }

    /**
     * Each pair of which the later was asked for after the former was told: those that were under way at the same time may come in any
     * order. It is enough to look at the newest told before: what is true of it was checked against those before it.
     */
    private static Stream<Violation> pairs(
            HistoryIndex evidence, Rule rule, BiPredicate<Observation, Observation> isBroken, String what) {
        return evidence.stories().stream()
                .filter(story -> isBrokenIn(story.observations(), isBroken))
                .map(story -> story.violates(rule.name(), what));
    }

    private static boolean isBrokenIn(List<Observation> told, BiPredicate<Observation, Observation> isBroken) {
        return told.stream().anyMatch(later -> told.stream()
                .filter(former -> former.receivedNanos() < later.requestedNanos())
                .reduce((earlier, newest) -> newest)
                .filter(former -> isBroken.test(former, later))
                .isPresent());
    }
}
