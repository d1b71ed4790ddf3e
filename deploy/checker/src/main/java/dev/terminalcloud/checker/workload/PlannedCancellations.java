package dev.terminalcloud.checker.workload;

import dev.terminalcloud.checker.plan.Plan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The times at which a register cancels a transaction. For one thread. */
final class PlannedCancellations {
    private final Deque<Long> dueNanos = new ArrayDeque<>();

    /** @param beginNanos the time of the response to the start */
    PlannedCancellations(Plan plan, long beginNanos) {
        plan.cancelAfter().ifPresent(first -> {
            dueNanos.add(beginNanos + first.toNanos());
            Duration again = plan.extras().cancelAgainAfter().orElse(Duration.ZERO);
            if (!again.isZero()) {
                dueNanos.add(beginNanos + first.plus(again).toNanos());
            }
        });
    }

    /** Returns whether a cancellation is due, which is requested then. One that comes after the end is requested too, and is too late. */
    boolean isDue(boolean hasEnded) {
        boolean isDue = !dueNanos.isEmpty() && (hasEnded || System.nanoTime() - dueNanos.peek() >= 0);
        if (isDue) {
            dueNanos.remove();
        }
        return isDue;
    }
}
