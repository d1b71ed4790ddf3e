package dev.terminalcloud.checker.check;

import java.util.stream.Stream;

/** What really ran, by the devices' own records. */
final class ExecutionRules {
    private ExecutionRules() {}

    static Stream<Violation> moreThanOnce(HistoryIndex evidence) {
        return evidence.histories().stream()
                .filter(transaction ->
                        transaction.timesRun() > 1 && !transaction.hasInjectedMisbehaviour("ForgetJournal"))
                .map(transaction -> transaction.violates(
                        Rule.RAN_AT_MOST_ONCE.name(), "it ran %d times".formatted(transaction.timesRun())));
    }

    static Stream<Violation> ranAlthoughNeverRun(HistoryIndex evidence) {
        return evidence.histories().stream()
                .filter(transaction -> transaction.timesRun() > 0
                        && !transaction.hasInjectedMisbehaviour("RunWithoutGrant", "ForgetJournal"))
                .filter(transaction -> transaction
                        .shownOutcome()
                        .filter(shown -> shown.result().equals("FAILED-INTERFACE")
                                || transaction.wasCancelledWithoutDevice(shown))
                        .isPresent())
                .map(transaction -> transaction.violates(
                        Rule.NEVER_RAN_IS_CERTAIN.name(), "the register was told that it never ran, and it did"));
    }
}
