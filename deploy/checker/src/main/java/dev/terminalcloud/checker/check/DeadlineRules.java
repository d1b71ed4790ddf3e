package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry.PhaseTimes;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules about the time that transactions spend in phases that the system itself has to end. The limits are those that transaction-service
 * publishes, plus five seconds, since all processes share one machine here. The time of faults does not count: the component that ends a
 * phase may be the one that is unavailable.
 */
final class DeadlineRules {
    private static final long TOLERANCE = Duration.ofSeconds(5).toMillis();
    private static final long QUEUED = Duration.ofSeconds(16).toMillis() + TOLERANCE;
    private static final long STARTED = Duration.ofSeconds(106).toMillis() + TOLERANCE;

    private DeadlineRules() {}

    static Stream<Violation> late(HistoryIndex index) {
        FaultWindows faultWindows = index.faultWindows();
        return index.histories().stream().flatMap(transaction -> transaction
                .all(PhaseTimes.class)
                .flatMap(dates -> late(transaction, dates, faultWindows).stream()));
    }

    private static Optional<Violation> late(
            TransactionHistory transaction, PhaseTimes dates, FaultWindows faultWindows) {
        long now = transaction.lastMillis();
        long leftQueue = earliest(now, dates.startedMillis(), dates.finishedMillis());
        long ended = earliest(now, dates.delayedMillis(), dates.finishedMillis());
        return overdue(transaction, "queued", dates.acceptedMillis(), leftQueue, QUEUED, faultWindows)
                .or(() -> overdue(
                        transaction,
                        "ran without being delayed",
                        dates.acceptedMillis(),
                        ended,
                        STARTED,
                        faultWindows));
    }

    private static Optional<Violation> overdue(
            TransactionHistory transaction, String what, long from, long to, long limit, FaultWindows faultWindows) {
        long withoutFaults = to - from - faultWindows.millisBetween(from, to);
        return withoutFaults <= limit
                ? Optional.empty()
                : Optional.of(transaction.violates(
                        Rule.PHASES_END_IN_TIME.name(),
                        "%s for %d ms, of which %d without faults; the limit is %d"
                                .formatted(what, to - from, withoutFaults, limit)));
    }

    private static long earliest(long otherwise, Long one, Long other) {
        return Stream.of(Optional.ofNullable(one), Optional.ofNullable(other))
                .flatMap(Optional::stream)
                .reduce(otherwise, Math::min);
    }
}
