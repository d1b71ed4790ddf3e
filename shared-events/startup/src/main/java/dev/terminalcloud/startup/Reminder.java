package dev.terminalcloud.startup;

import java.time.Duration;

/** Schedule of the log messages while a service waits: at once, and then at intervals that double, up to a minute. */
final class Reminder {
    private static final Duration INITIAL_INTERVAL = Duration.ofSeconds(2);
    private static final Duration MAX_INTERVAL = Duration.ofMinutes(1);

    private Duration next = Duration.ZERO;
    private Duration pause = INITIAL_INTERVAL;

    /** Returns whether a message is due after this waiting time. */
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
