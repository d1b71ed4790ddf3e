package dev.terminalcloud.checker.check;

import java.util.stream.Stream;

/** Rules about payments that ran, by the devices' own records. */
final class ExecutionRules {
    private ExecutionRules() {}

    static Stream<Violation> moreThanOnce(HistoryIndex index) {
        return index.histories().stream()
                .filter(transaction ->
                        transaction.timesRun() > 1 && !transaction.hasInjectedMisbehaviour("ForgetJournal"))
                .map(transaction -> transaction.violates(
                        Rule.RAN_AT_MOST_ONCE.name(), "ran %d times".formatted(transaction.timesRun())));
    }

    static Stream<Violation> ranAlthoughNeverRun(HistoryIndex index) {
        return index.histories().stream()
                .filter(transaction -> transaction.timesRun() > 0
                        && !transaction.hasInjectedMisbehaviour("RunWithoutGrant", "ForgetJournal"))
                .filter(transaction -> transaction
                        .shownOutcome()
                        .filter(shown -> shown.result().equals("FAILED-INTERFACE")
                                || transaction.wasCancelledWithoutDevice(shown))
                        .isPresent())
                .map(transaction ->
                        transaction.violates(Rule.NEVER_RAN_IS_CERTAIN.name(), "reported as never run, but it ran"));
    }
}
