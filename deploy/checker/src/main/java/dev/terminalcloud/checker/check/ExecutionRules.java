package dev.terminalcloud.checker.check;

import java.util.stream.Stream;

/** What really ran, by the devices' own records. */
final class ExecutionRules {
    private ExecutionRules() {}

    static Stream<Violation> moreThanOnce(HistoryIndex evidence) {
        return evidence.stories().stream()
                .filter(story -> story.timesRun() > 1 && !story.wasToldToMisbehave("ForgetJournal"))
                .map(story ->
                        story.violates(Rule.RAN_AT_MOST_ONCE.name(), "it ran %d times".formatted(story.timesRun())));
    }

    static Stream<Violation> ranAlthoughNeverRun(HistoryIndex evidence) {
        return evidence.stories().stream()
                .filter(story -> story.timesRun() > 0 && !story.wasToldToMisbehave("RunWithoutGrant", "ForgetJournal"))
                .filter(story -> story.shownOutcome()
                        .filter(shown ->
                                shown.result().equals("FAILED-INTERFACE") || story.wasCancelledWithoutDevice(shown))
                        .isPresent())
                .map(story -> story.violates(
                        Rule.NEVER_RAN_IS_CERTAIN.name(), "the register was told that it never ran, and it did"));
    }
}
