package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.HistoryEntry.Answered;
import dev.terminalcloud.checker.history.HistoryEntry.CalledBack;
import dev.terminalcloud.checker.history.HistoryEntry.DeviceReported;
import dev.terminalcloud.checker.history.HistoryEntry.Journalled;
import dev.terminalcloud.checker.history.HistoryEntry.LookedUp;
import dev.terminalcloud.checker.history.HistoryEntry.Misbehaved;
import dev.terminalcloud.checker.history.HistoryEntry.Polled;
import dev.terminalcloud.checker.history.HistoryEntry.Sent;
import dev.terminalcloud.checker.history.HistoryEntry.SentAgain;
import dev.terminalcloud.checker.history.HistoryEntry.Stored;
import dev.terminalcloud.checker.history.StreamEntry.Streamed;
import dev.terminalcloud.checker.history.TimestampedEntry;
import dev.terminalcloud.checker.history.TransactionOutcome;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** Statuses that leave open whether a transaction was started: they come from a proxy. */
    private static final Set<Integer> UNCLEAR = Set.of(502, 504);

    <E extends HistoryEntry> Stream<E> all(Class<E> kind) {
        return entries.stream()
                .map(TimestampedEntry::entry)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    boolean has(Class<? extends HistoryEntry> kind) {
        return all(kind).findAny().isPresent();
    }

    /** Returns whether the start, or a repetition of it, was answered with 200. */
    boolean isAccepted() {
        return all(Answered.class).anyMatch(answer -> answer.status() == OK);
    }

    /** Returns the rejection of the start, if each attempt was certainly rejected. */
    Optional<Answered> rejection() {
        long attempts = all(Sent.class).count() + all(SentAgain.class).count();
        boolean isCertain = all(Answered.class).count() >= attempts
                && all(Answered.class).noneMatch(answer -> answer.status() == OK || UNCLEAR.contains(answer.status()));
        return isCertain ? all(Answered.class).findFirst() : Optional.empty();
    }

    /** Returns all states that the register saw, in their order. */
    List<Observation> observations() {
        return entries.stream()
                .flatMap(this::observations)
                .sorted(Comparator.comparingLong(Observation::receivedNanos))
                .toList();
    }

    private Stream<Observation> observations(TimestampedEntry stamped) {
        HistoryEntry entry = stamped.entry();
        if (entry instanceof Polled polled && polled.status() == OK) {
            boolean answersCancel = polled.purpose() == HistoryEntry.Purpose.CANCEL;
            return Stream.of(Observation.of(stamped, polled.askedNanos(), polled.body(), answersCancel));
        }
        if (entry instanceof CalledBack called) {
            return Stream.of(Observation.of(stamped, stamped.nanos(), called.body(), false));
        }
        if (entry instanceof Streamed event) {
            return Stream.of(Observation.of(stamped, event.openedNanos(), event.body(), false));
        }
        if (entry instanceof LookedUp lookUp) {
            return lookUp.transactions().stream()
                    .filter(found -> found.path("transactionId").asText().equals(String.valueOf(transactionId)))
                    .map(found -> Observation.of(stamped, lookUp.askedNanos(), found, false));
        }
        return entry instanceof Answered answered && answered.status() == OK
                ? observations(stamped, answered)
                : Stream.empty();
    }

    /** In histories of earlier versions only the response to a held request is known to be in order. */
    private static Stream<Observation> observations(TimestampedEntry stamped, Answered answered) {
        if (answered.askedNanos() > 0) {
            return Stream.of(Observation.of(stamped, answered.askedNanos(), answered.body(), false));
        }
        return answered.body().path("data").has("TransactionResult")
                ? Stream.of(Observation.of(stamped, stamped.nanos(), answered.body(), false))
                : Stream.empty();
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
        return requestedCancellationBeforeTheEnd()
                && shown.result().equals("CANCELLED")
                && (reportedOutcomes().isEmpty() || hasInjectedMisbehaviour("RunWithoutGrant"));
    }

    private boolean requestedCancellationBeforeTheEnd() {
        long ended = observations().stream()
                .filter(Observation::isCompleted)
                .mapToLong(Observation::receivedNanos)
                .min()
                .orElse(Long.MAX_VALUE);
        return entries.stream()
                .anyMatch(stamped -> stamped.entry() instanceof HistoryEntry.CancelSent && stamped.nanos() < ended);
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
