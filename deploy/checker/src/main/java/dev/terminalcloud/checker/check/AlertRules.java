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
        return evidence.histories().stream().flatMap(transaction -> transaction
                .all(DiscrepancyRecorded.class)
                .filter(discrepancy -> !isProvoked(transaction, discrepancy))
                .map(discrepancy -> transaction.violates(
                        Rule.ALERTS_HAVE_A_CAUSE.name(),
                        "%s, and its device did nothing wrong".formatted(discrepancy.reason()))));
    }

    private static boolean isProvoked(TransactionHistory transaction, DiscrepancyRecorded discrepancy) {
        return switch (discrepancy.reason()) {
            case "CONTRADICTS_OUTCOME" ->
                transaction.hasInjectedMisbehaviour("AnswerTwiceDifferently", "RunWithoutGrant", "ForgetJournal");
            case "RAN_WITHOUT_GRANT" -> transaction.hasInjectedMisbehaviour("RunWithoutGrant", "ForgetJournal");
            case "NEVER_SEEN" -> transaction.hasInjectedMisbehaviour("ForgetJournal");
            default -> false;
        };
    }

    static Stream<Violation> statedTooEarly(HistoryIndex evidence) {
        return evidence.histories().stream()
                .filter(transaction ->
                        transaction.all(ManuallyResolved.class).anyMatch(stated -> stated.status() == OK))
                .filter(transaction -> !transaction.hasInjectedMisbehaviour("ForgetJournal"))
                .map(transaction -> transaction.violates(
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
