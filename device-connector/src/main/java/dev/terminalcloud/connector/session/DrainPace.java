package dev.terminalcloud.connector.session;

import java.time.Duration;

/**
 * By when how many of a connector's sessions are to be ended, so that their devices do not all come back in the same
 * second: evenly over the time, but never slower than needs be.
 *
 * @param sessions how many there are
 * @param time until the last is to be ended; zero for all at once
 */
record DrainPace(int sessions, Duration time) {
    /** So many more in a second are nothing to the other connectors: who has few devices need not take all the time. */
    private static final long MIN_PER_SECOND = 50;

    private static final long MILLIS_PER_SECOND = 1_000;

    int dueAfter(Duration elapsed) {
        if (elapsed.compareTo(time) >= 0) {
            return sessions;
        }
        long millis = elapsed.toMillis();
        long evenly = sessions * millis / time.toMillis();
        long atLeast = MIN_PER_SECOND * millis / MILLIS_PER_SECOND;
        return (int) Math.min(sessions, Math.max(evenly, atLeast));
    }
}
