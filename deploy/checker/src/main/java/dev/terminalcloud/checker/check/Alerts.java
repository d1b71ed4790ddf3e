package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.Entry.DeadLetter;
import dev.terminalcloud.checker.history.Entry.Orphaned;
import dev.terminalcloud.checker.history.Entry.Stated;
import dev.terminalcloud.checker.history.Entry.Unpublished;
import java.util.stream.Stream;

/** What the system gives to a person to look at. */
final class Alerts {
    private static final int OK = 200;

    private Alerts() {}

    static Stream<Violation> unprovoked(Evidence evidence) {
        return evidence.stories().stream().flatMap(story -> story.all(Orphaned.class)
                .filter(orphan -> !isProvoked(story, orphan))
                .map(orphan -> story.violates(
                        Rule.ALERTS_ARE_PROVOKED.name(),
                        "%s, and its device did nothing wrong".formatted(orphan.reason()))));
    }

    private static boolean isProvoked(Story story, Orphaned orphan) {
        return switch (orphan.reason()) {
            case "CONTRADICTS_OUTCOME" ->
                story.wasProvokedTo("AnswerTwiceDifferently", "RunWithoutGrant", "ForgetJournal");
            case "RAN_WITHOUT_GRANT" -> story.wasProvokedTo("RunWithoutGrant", "ForgetJournal");
            case "NEVER_SEEN" -> story.wasProvokedTo("ForgetJournal");
            default -> false;
        };
    }

    static Stream<Violation> statedTooEarly(Evidence evidence) {
        return evidence.stories().stream()
                .filter(story -> story.all(Stated.class).anyMatch(stated -> stated.status() == OK))
                .filter(story -> !story.wasProvokedTo("ForgetJournal"))
                .map(story -> story.violates(
                        Rule.OPERATORS_SPEAK_LAST.name(), "an operator could state how it ended, and its device knew"));
    }

    static Stream<Violation> unpublished(Evidence evidence) {
        return evidence.all(Unpublished.class)
                .filter(left -> left.waiting() > 0)
                .map(left -> new Violation(
                        Rule.EVENTS_LEAVE.name(),
                        0,
                        null,
                        "%d events of %s are still in its outbox".formatted(left.waiting(), left.service())));
    }

    static Stream<Violation> deadLetters(Evidence evidence) {
        return evidence.all(DeadLetter.class)
                .map(letter -> new Violation(
                        Rule.NO_DEAD_LETTERS.name(),
                        0,
                        null,
                        "%s has a record of %s: %s".formatted(letter.topic(), letter.key(), letter.reason())));
    }
}
