package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry.PhaseTimes;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long transactions stayed in phases that the system itself has to end. The limits are those that the transaction-service publishes,
 * and five seconds, since everything shares one machine here. Time in which a part was broken does not count: what ends a phase may
 * be what was away.
 */
final class DeadlineRules {
    private static final long TOLERANCE = Duration.ofSeconds(5).toMillis();
    private static final long QUEUED = Duration.ofSeconds(16).toMillis() + TOLERANCE;
    private static final long STARTED = Duration.ofSeconds(106).toMillis() + TOLERANCE;

    private DeadlineRules() {}

    static Stream<Violation> late(HistoryIndex evidence) {
        FaultWindows troubles = evidence.troubles();
        return evidence.histories().stream().flatMap(transaction -> transaction
                .all(PhaseTimes.class)
                .flatMap(dates -> late(transaction, dates, troubles).stream()));
    }

    private static Optional<Violation> late(TransactionHistory transaction, PhaseTimes dates, FaultWindows troubles) {
        long now = transaction.lastMillis();
        long leftQueue = earliest(now, dates.startedMillis(), dates.finishedMillis());
        long ended = earliest(now, dates.delayedMillis(), dates.finishedMillis());
        return overdue(transaction, "waited to be started", dates.acceptedMillis(), leftQueue, QUEUED, troubles)
                .or(() -> overdue(
                        transaction, "ran without being delayed", dates.acceptedMillis(), ended, STARTED, troubles));
    }

    private static Optional<Violation> overdue(
            TransactionHistory transaction, String what, long from, long to, long limit, FaultWindows troubles) {
        long untroubled = to - from - troubles.millisBetween(from, to);
        return untroubled <= limit
                ? Optional.empty()
                : Optional.of(transaction.violates(
                        Rule.PHASES_END_IN_TIME.name(),
                        "it %s for %d ms, of which %d without any fault; the limit is %d"
                                .formatted(what, to - from, untroubled, limit)));
    }

    private static long earliest(long otherwise, Long one, Long other) {
        return Stream.of(Optional.ofNullable(one), Optional.ofNullable(other))
                .flatMap(Optional::stream)
                .reduce(otherwise, Math::min);
    }
}
