package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry.DeadLetterFound;
import dev.terminalcloud.checker.history.HistoryEntry.DiscrepancyRecorded;
import dev.terminalcloud.checker.history.HistoryEntry.ManuallyResolved;
import dev.terminalcloud.checker.history.HistoryEntry.OutboxPending;
import java.util.stream.Stream;

/** What the system gives to a person to look at. */
final class AlertRules {
    private static final int OK = 200;

    private AlertRules() {}

    static Stream<Violation> unprovoked(HistoryIndex evidence) {
        return evidence.stories().stream().flatMap(story -> story.all(DiscrepancyRecorded.class)
                .filter(orphan -> !isProvoked(story, orphan))
                .map(orphan -> story.violates(
                        Rule.ALERTS_HAVE_A_CAUSE.name(),
                        "%s, and its device did nothing wrong".formatted(orphan.reason()))));
    }

    private static boolean isProvoked(TransactionHistory story, DiscrepancyRecorded orphan) {
        return switch (orphan.reason()) {
            case "CONTRADICTS_OUTCOME" ->
                story.wasToldToMisbehave("AnswerTwiceDifferently", "RunWithoutGrant", "ForgetJournal");
            case "RAN_WITHOUT_GRANT" -> story.wasToldToMisbehave("RunWithoutGrant", "ForgetJournal");
            case "NEVER_SEEN" -> story.wasToldToMisbehave("ForgetJournal");
            default -> false;
        };
    }

    static Stream<Violation> statedTooEarly(HistoryIndex evidence) {
        return evidence.stories().stream()
                .filter(story -> story.all(ManuallyResolved.class).anyMatch(stated -> stated.status() == OK))
                .filter(story -> !story.wasToldToMisbehave("ForgetJournal"))
                .map(story -> story.violates(
                        Rule.MANUAL_RESOLUTION_IS_LAST_RESORT.name(),
                        "an operator could state how it ended, and its device knew"));
    }

    static Stream<Violation> unpublished(HistoryIndex evidence) {
        return evidence.all(OutboxPending.class)
                .filter(left -> left.waiting() > 0)
                .map(left -> new Violation(
                        Rule.OUTBOX_DRAINS.name(),
                        0,
                        null,
                        "%d events of %s are still in its outbox".formatted(left.waiting(), left.service())));
    }

    static Stream<Violation> deadLetters(HistoryIndex evidence) {
        return evidence.all(DeadLetterFound.class)
                .map(letter -> new Violation(
                        Rule.NO_DEAD_LETTERS.name(),
                        0,
                        null,
                        "%s has a record of %s: %s".formatted(letter.topic(), letter.key(), letter.reason())));
    }
}
