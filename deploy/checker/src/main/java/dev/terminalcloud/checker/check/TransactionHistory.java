package dev.terminalcloud.checker.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.HistoryEntry.Answered;
import dev.terminalcloud.checker.history.HistoryEntry.CalledBack;
import dev.terminalcloud.checker.history.HistoryEntry.DeviceReported;
import dev.terminalcloud.checker.history.HistoryEntry.Journalled;
import dev.terminalcloud.checker.history.HistoryEntry.Misbehaved;
import dev.terminalcloud.checker.history.HistoryEntry.Polled;
import dev.terminalcloud.checker.history.HistoryEntry.Sent;
import dev.terminalcloud.checker.history.HistoryEntry.Stored;
import dev.terminalcloud.checker.history.TimestampedEntry;
import dev.terminalcloud.checker.history.TransactionOutcome;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * All that is known of one transaction, or of one request that nothing came of, in its order.
 *
 * @param number of the request; 0 if it is not known
 * @param transactionId null if nothing was started as far as is known
 */
record TransactionHistory(int number, UUID transactionId, List<TimestampedEntry> entries) {
    private static final int OK = 200;

    <E extends HistoryEntry> Stream<E> all(Class<E> kind) {
        return entries.stream()
                .map(TimestampedEntry::entry)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    boolean has(Class<? extends HistoryEntry> kind) {
        return all(kind).findAny().isPresent();
    }

    Optional<Answered> answer() {
        return all(Answered.class).findFirst();
    }

    /** Whether the register was told that it has been started. */
    boolean isAccepted() {
        return answer().filter(answer -> answer.status() == OK).isPresent();
    }

    /** Everything that the register was told, in the order in which it was. The answer to an asynchronous start is not among it. */
    List<Observation> observations() {
        return entries.stream()
                .flatMap(TransactionHistory::observations)
                .sorted(Comparator.comparingLong(Observation::receivedNanos))
                .toList();
    }

    private static Stream<Observation> observations(TimestampedEntry stamped) {
        HistoryEntry entry = stamped.entry();
        if (entry instanceof Polled polled && polled.status() == OK) {
            return Stream.of(new Observation(polled.askedNanos(), stamped.nanos(), polled.body()));
        }
        if (entry instanceof CalledBack called) {
            return Stream.of(new Observation(stamped.nanos(), stamped.nanos(), called.body()));
        }
        if (entry instanceof Answered answered && answered.status() == OK && isOfHeldRequest(answered.body())) {
            return Stream.of(new Observation(stamped.nanos(), stamped.nanos(), answered.body()));
        }
        return Stream.empty();
    }

    private static boolean isOfHeldRequest(JsonNode body) {
        return body.path("data").has("TransactionResult");
    }

    Optional<TransactionOutcome> shownOutcome() {
        return observations().stream()
                .filter(Observation::isCompleted)
                .findFirst()
                .map(Observation::outcome);
    }

    /** When its first entry was recorded, in milliseconds since 1970. */
    long firstMillis() {
        return entries.get(0).millis();
    }

    /** When its last entry was recorded, in milliseconds since 1970. */
    long lastMillis() {
        return entries.get(entries.size() - 1).millis();
    }

    long timesRun() {
        return all(HistoryEntry.PaymentShown.class).count();
    }

    Optional<Journalled> journal() {
        return all(Journalled.class).reduce((previous, later) -> later);
    }

    List<TransactionOutcome> reportedOutcomes() {
        return all(DeviceReported.class).map(DeviceReported::outcome).toList();
    }

    Optional<Stored> row() {
        return all(Stored.class).findFirst();
    }

    /** Its register asked for the end, and its device never said a word about one, unless it ran what it was not let run. */
    boolean wasCancelledWithoutDevice(TransactionOutcome shown) {
        return has(HistoryEntry.CancelSent.class)
                && shown.result().equals("CANCELLED")
                && (reportedOutcomes().isEmpty() || hasInjectedMisbehaviour("RunWithoutGrant"));
    }

    /** An operator said so, or may have: he was not told. */
    boolean wasManuallyResolved(TransactionOutcome shown) {
        return shown.result().equals("FAILED")
                && all(HistoryEntry.ManuallyResolved.class)
                        .anyMatch(stated -> stated.status() == 0 || stated.status() == OK)
                && hasInjectedMisbehaviour("ForgetJournal");
    }

    boolean wantsCallback() {
        return all(Sent.class).anyMatch(Sent::callback);
    }

    boolean hasInjectedMisbehaviour(String... misbehaviours) {
        return all(Misbehaved.class)
                .anyMatch(provoked -> Stream.of(misbehaviours).anyMatch(provoked.what()::contains));
    }

    Violation violates(String rule, String what) {
        return new Violation(rule, number, transactionId, what);
    }
}
