package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry.CalledBack;
import dev.terminalcloud.checker.history.HistoryEntry.Journalled;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about transactions and callbacks at the end of a run. */
final class CompletionRules {
    private static final int OK = 200;

    private CompletionRules() {}

    static Stream<Violation> lost(HistoryIndex index) {
        return index.histories().stream()
                .filter(transaction -> transaction.isAccepted()
                        || transaction.row().filter(row -> !row.abandoned()).isPresent())
                .flatMap(transaction -> lost(transaction).stream());
    }

    private static Optional<Violation> lost(TransactionHistory transaction) {
        if (hasEnded(transaction) || isForAnOperator(transaction)) {
            return Optional.empty();
        }
        boolean delayed =
                last(transaction.observations()).filter(Observation::isDelayed).isPresent()
                        || transaction.row().filter(row -> row.delayed()).isPresent();
        String journal = transaction.journal().map(Journalled::state).orElse("nothing");
        return Optional.of(transaction.violates(
                Rule.ALL_TRANSACTIONS_END.name(),
                "not ended, %s, and the journal of its device says %s"
                        .formatted(delayed ? "delayed" : "not delayed", journal)));
    }

    private static boolean hasEnded(TransactionHistory transaction) {
        return transaction.observations().stream().anyMatch(Observation::isCompleted)
                || transaction
                        .row()
                        .filter(row -> row.phase().equals("COMPLETED"))
                        .isPresent();
    }

    /** Returns whether its device has lost its journal, so that only an operator can resolve it; until then it is visibly delayed. */
    private static boolean isForAnOperator(TransactionHistory transaction) {
        boolean visible = transaction.row().isPresent()
                ? transaction
                        .row()
                        .filter(row -> row.neverSeen() && row.delayed())
                        .isPresent()
                : last(transaction.observations())
                        .filter(Observation::isDelayed)
                        .isPresent();
        return visible && transaction.hasInjectedMisbehaviour("ForgetJournal");
    }

    static Stream<Violation> notCalledBack(HistoryIndex index) {
        return index.histories().stream()
                .filter(transaction -> transaction.isAccepted() && transaction.wantsCallback() && hasEnded(transaction))
                .filter(transaction -> transaction.all(CalledBack.class).noneMatch(call -> call.answeredWith() == OK))
                .map(transaction -> transaction.violates(Rule.CALLBACKS_ARRIVE.name(), "ended without a callback"));
    }

    private static Optional<Observation> last(List<Observation> observations) {
        return observations.stream().reduce((previous, later) -> later);
    }
}
