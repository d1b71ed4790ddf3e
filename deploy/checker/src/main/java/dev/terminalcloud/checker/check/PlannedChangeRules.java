package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.fault.Fault;
import dev.terminalcloud.checker.history.FaultEntry.FaultBegan;
import dev.terminalcloud.checker.history.FaultEntry.FaultNotInjected;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.HistoryEntry.Answered;
import dev.terminalcloud.checker.history.HistoryEntry.Begun;
import dev.terminalcloud.checker.history.HistoryEntry.DeviceStep;
import dev.terminalcloud.checker.history.HistoryEntry.LookedUp;
import dev.terminalcloud.checker.history.HistoryEntry.Paired;
import dev.terminalcloud.checker.history.HistoryEntry.PollUnanswered;
import dev.terminalcloud.checker.history.HistoryEntry.Polled;
import dev.terminalcloud.checker.history.HistoryEntry.Unanswered;
import dev.terminalcloud.checker.history.StreamEntry.StreamEnd;
import dev.terminalcloud.checker.history.StreamEntry.StreamEnded;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Rules about runs in which operators replace processes as planned, and nothing else goes wrong: registers notice nothing of it. */
public final class PlannedChangeRules {
    private static final long MAX_PAYMENT = Duration.ofSeconds(15).toMillis();
    private static final int SERVER_ERROR = 500;

    private PlannedChangeRules() {}

    /** Returns whether there are planned changes, and no other faults. */
    private static boolean isPlanned(HistoryIndex index) {
        List<FaultBegan> faults = index.all(FaultBegan.class).toList();
        return !faults.isEmpty() && faults.stream().allMatch(fault -> Fault.isPlanned(fault.name()));
    }

    static Stream<Violation> failed(HistoryIndex index) {
        return isPlanned(index)
                ? Stream.concat(
                        index.all(FaultNotInjected.class)
                                .map(change -> violation(0, "the change was not made: " + change.reason())),
                        index.all(HistoryEntry.class).flatMap(entry -> failure(entry).stream()))
                : Stream.empty();
    }

    private static Optional<Violation> failure(HistoryEntry entry) {
        if (entry instanceof Answered start) {
            return failure(start.status(), "a start").map(what -> violation(start.number(), what));
        }
        if (entry instanceof Unanswered start) {
            return start.intended()
                    ? Optional.empty()
                    : Optional.of(violation(start.number(), "no response to a start: " + start.reason()));
        }
        if (entry instanceof LookedUp lookUp) {
            return failure(lookUp.status(), "a look-up").map(what -> violation(lookUp.number(), what));
        }
        if (entry instanceof Paired pairing) {
            return failure(pairing.status(), "the pairing of " + pairing.merchant())
                    .map(what -> violation(0, what));
        }
        return entry instanceof HistoryEntry.TransactionEntry about ? failureOfRead(about) : Optional.empty();
    }

    private static Optional<Violation> failureOfRead(HistoryEntry.TransactionEntry entry) {
        Optional<String> what = Optional.empty();
        if (entry instanceof Polled poll) {
            what = failure(poll.status(), "a poll");
        } else if (entry instanceof PollUnanswered poll) {
            what = Optional.of("no response to a poll: " + poll.reason());
        } else if (entry instanceof StreamEnded stream && isFailed(stream)) {
            what = failure(stream.status(), "a stream");
        }
        return what.map(
                text -> new Violation(Rule.PLANNED_CHANGES_FAIL_NOTHING.name(), 0, entry.transactionId(), text));
    }

    /** A stream that has begun may break: the register resumes it. */
    private static boolean isFailed(StreamEnded stream) {
        return stream.status() >= SERVER_ERROR || (stream.status() == 0 && stream.reason() == StreamEnd.LOST);
    }

    /** @param status 0 without a response */
    private static Optional<String> failure(int status, String request) {
        if (status == 0) {
            return Optional.of("no response to " + request);
        }
        return status >= SERVER_ERROR
                ? Optional.of("%s was answered with %d".formatted(request, status))
                : Optional.empty();
    }

    private static Violation violation(int number, String what) {
        return new Violation(Rule.PLANNED_CHANGES_FAIL_NOTHING.name(), number, null, what);
    }

    static Stream<Violation> unreachableAfterAPlannedChange(HistoryIndex index) {
        return payments(index)
                .filter(payment -> payment.transaction()
                        .shownOutcome()
                        .filter(shown -> shown.result().equals("FAILED-INTERFACE"))
                        .isPresent())
                .filter(payment -> payment.transaction().all(DeviceStep.class).noneMatch(step -> step.what()
                        .equals("sent Refused")))
                .map(payment -> payment.transaction()
                        .violates(
                                Rule.PLANNED_CHANGES_REACH_DEVICES.name(),
                                "it ended as FAILED-INTERFACE, and its device was only asked to reconnect"));
    }

    static Stream<Violation> slow(HistoryIndex index) {
        long limit = index.all(Begun.class)
                .mapToLong(Begun::maxPaymentMillis)
                .filter(millis -> millis > 0)
                .findFirst()
                .orElse(MAX_PAYMENT);
        return payments(index).filter(payment -> payment.millis() >= limit).map(payment -> payment.transaction()
                .violates(
                        Rule.PLANNED_CHANGES_ARE_FAST.name(),
                        "it took %d ms, the limit is %d".formatted(payment.millis(), limit)));
    }

    /**
     * Returns the times of the payments that the rules are about, in milliseconds, from the request to the end as the register saw it: those
     * whose register waited for the response, and whose device had no incident. None if the run has other faults.
     */
    public static Stream<Long> paymentMillis(HistoryIndex index) {
        return payments(index).map(CalmPayment::millis);
    }

    private static Stream<CalmPayment> payments(HistoryIndex index) {
        if (!isPlanned(index)) {
            return Stream.empty();
        }
        long workloadEnd = index.workloadEndNanos();
        return index.histories().stream().flatMap(transaction -> payment(index, transaction, workloadEnd).stream());
    }

    private static Optional<CalmPayment> payment(HistoryIndex index, TransactionHistory transaction, long workloadEnd) {
        Optional<Long> sent = transaction.entries().stream()
                .filter(stamped -> stamped.entry() instanceof HistoryEntry.Sent)
                .map(TimestampedEntry::nanos)
                .findFirst();
        Optional<Long> ended = transaction.observations().stream()
                .filter(Observation::isCompleted)
                .map(Observation::receivedNanos)
                .findFirst();
        Optional<String> device = deviceOf(index, transaction);
        if (sent.isEmpty() || ended.isEmpty() || device.isEmpty() || !transaction.isAccepted()) {
            return Optional.empty();
        }
        // Registers follow nothing between the end of the workload and that of the last fault.
        long followed = Math.min(ended.get(), workloadEnd) - sent.get();
        return transaction.all(Unanswered.class).noneMatch(Unanswered::intended)
                        && index.deviceIncidents().hasNone(device.get(), sent.get(), ended.get())
                ? Optional.of(new CalmPayment(transaction, TimeUnit.NANOSECONDS.toMillis(followed)))
                : Optional.empty();
    }

    private static Optional<String> deviceOf(HistoryIndex index, TransactionHistory transaction) {
        return transaction
                .all(HistoryEntry.Offered.class)
                .map(HistoryEntry.Offered::deviceId)
                .findFirst()
                .or(() -> index.pairings().at(transaction.number()).map(KnownPairings.Pairing::deviceId));
    }

    /** A transaction without an incident of its register or its device. */
    private record CalmPayment(TransactionHistory transaction, long millis) {}
}
