package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry.CalledBack;
import dev.terminalcloud.checker.history.HistoryEntry.Journalled;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether everything has come to its end when a run has. */
final class CompletionRules {
    private static final int OK = 200;

    private CompletionRules() {}

    static Stream<Violation> lost(HistoryIndex evidence) {
        return evidence.stories().stream()
                .filter(story -> story.isAccepted()
                        || story.row().filter(row -> !row.abandoned()).isPresent())
                .flatMap(story -> lost(story).stream());
    }

    private static Optional<Violation> lost(TransactionHistory story) {
        if (hasEnded(story) || isForAnOperator(story)) {
            return Optional.empty();
        }
        boolean delayed =
                last(story.observations()).filter(Observation::isDelayed).isPresent()
                        || story.row().filter(row -> row.delayed()).isPresent();
        String journal = story.journal().map(Journalled::state).orElse("nothing");
        return Optional.of(story.violates(
                Rule.ALL_TRANSACTIONS_END.name(),
                "it has not ended, is %s, and its device says %s"
                        .formatted(delayed ? "delayed" : "not delayed", journal)));
    }

    private static boolean hasEnded(TransactionHistory story) {
        return story.observations().stream().anyMatch(Observation::isCompleted)
                || story.row().filter(row -> row.phase().equals("COMPLETED")).isPresent();
    }

    /** Its device has lost its journal, which only a person can settle; until then it is visibly delayed. */
    private static boolean isForAnOperator(TransactionHistory story) {
        boolean visible = story.row().isPresent()
                ? story.row().filter(row -> row.neverSeen() && row.delayed()).isPresent()
                : last(story.observations()).filter(Observation::isDelayed).isPresent();
        return visible && story.wasToldToMisbehave("ForgetJournal");
    }

    static Stream<Violation> notCalledBack(HistoryIndex evidence) {
        return evidence.stories().stream()
                .filter(story -> story.isAccepted() && story.wantsCallback() && hasEnded(story))
                .filter(story -> story.all(CalledBack.class).noneMatch(call -> call.answeredWith() == OK))
                .map(story -> story.violates(
                        Rule.CALLBACKS_ARRIVE.name(), "it has ended, and its register was not called back"));
    }

    private static Optional<Observation> last(List<Observation> told) {
        return told.stream().reduce((former, later) -> later);
    }
}
