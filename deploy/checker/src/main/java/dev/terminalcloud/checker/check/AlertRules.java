package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry.DeadLetterFound;
import dev.terminalcloud.checker.history.HistoryEntry.DiscrepancyRecorded;
import dev.terminalcloud.checker.history.HistoryEntry.ManuallyResolved;
import dev.terminalcloud.checker.history.HistoryEntry.OutboxPending;
import java.util.stream.Stream;

/** Rules about alerts, manual resolutions, outboxes and dead letters. */
final class AlertRules {
    private static final int OK = 200;

    private AlertRules() {}

    static Stream<Violation> unprovoked(HistoryIndex index) {
        return index.histories().stream().flatMap(transaction -> transaction
                .all(DiscrepancyRecorded.class)
                .filter(discrepancy -> !isProvoked(transaction, discrepancy))
                .map(discrepancy -> transaction.violates(
                        Rule.ALERTS_HAVE_A_CAUSE.name(),
                        "%s without an injected misbehaviour".formatted(discrepancy.reason()))));
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

    static Stream<Violation> resolvedTooEarly(HistoryIndex index) {
        return index.histories().stream()
                .filter(transaction ->
                        transaction.all(ManuallyResolved.class).anyMatch(resolved -> resolved.status() == OK))
                .filter(transaction -> !transaction.hasInjectedMisbehaviour("ForgetJournal"))
                .map(transaction -> transaction.violates(
                        Rule.MANUAL_RESOLUTION_IS_LAST_RESORT.name(),
                        "resolved manually although its device knew the outcome"));
    }

    static Stream<Violation> unpublished(HistoryIndex index) {
        return index.all(OutboxPending.class)
                .filter(left -> left.waiting() > 0)
                .map(left -> new Violation(
                        Rule.OUTBOX_DRAINS.name(),
                        0,
                        null,
                        "%d events of %s left in the outbox".formatted(left.waiting(), left.service())));
    }

    static Stream<Violation> deadLetters(HistoryIndex index) {
        return index.all(DeadLetterFound.class)
                .map(letter -> new Violation(
                        Rule.NO_DEAD_LETTERS.name(),
                        0,
                        null,
                        "%s has a record of %s: %s".formatted(letter.topic(), letter.key(), letter.reason())));
    }
}
