package dev.terminalcloud.startup;

import java.time.Duration;

/** When to say again that something is waited for: at once, and then after pauses that double, up to a minute. */
final class Reminder {
    private static final Duration INITIAL_INTERVAL = Duration.ofSeconds(2);
    private static final Duration MAX_INTERVAL = Duration.ofMinutes(1);

    private Duration next = Duration.ZERO;
    private Duration pause = INITIAL_INTERVAL;

    /** Whether to say it now, so long after the waiting has begun. */
    boolean isDue(Duration waited) {
        if (waited.compareTo(next) < 0) {
            return false;
        }
        next = waited.plus(pause);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(MAX_INTERVAL) < 0 ? twice : MAX_INTERVAL;
        return true;
    }
}
