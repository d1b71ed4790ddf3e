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
 * All entries about one transaction, or about one request that started none, in their order.
 *
 * @param number the number of the request; 0 if it is not known
 * @param transactionId null if no transaction is known to have been started
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

    /** Returns whether the start was answered with 200. */
    boolean isAccepted() {
        return answer().filter(answer -> answer.status() == OK).isPresent();
    }

    /** Returns all states that the register saw, in their order, except the response to an asynchronous start. */
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

    /** Returns the time of the first entry, in milliseconds since 1970. */
    long firstMillis() {
        return entries.get(0).millis();
    }

    /** Returns the time of the last entry, in milliseconds since 1970. */
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

    /** Returns whether its register cancelled it and its device never reported a result, except by an injected run without a grant. */
    boolean wasCancelledWithoutDevice(TransactionOutcome shown) {
        return has(HistoryEntry.CancelSent.class)
                && shown.result().equals("CANCELLED")
                && (reportedOutcomes().isEmpty() || hasInjectedMisbehaviour("RunWithoutGrant"));
    }

    /** Returns whether an operator resolved it so, or may have: the response may have been lost. */
    boolean wasManuallyResolved(TransactionOutcome shown) {
        return shown.result().equals("FAILED")
                && all(HistoryEntry.ManuallyResolved.class)
                        .anyMatch(resolved -> resolved.status() == 0 || resolved.status() == OK)
                && hasInjectedMisbehaviour("ForgetJournal");
    }

    boolean wantsCallback() {
        return all(Sent.class).anyMatch(Sent::callback);
    }

    boolean hasInjectedMisbehaviour(String... misbehaviours) {
        return all(Misbehaved.class)
                .anyMatch(injected -> Stream.of(misbehaviours).anyMatch(injected.what()::contains));
    }

    Violation violates(String rule, String what) {
        return new Violation(rule, number, transactionId, what);
    }
}
