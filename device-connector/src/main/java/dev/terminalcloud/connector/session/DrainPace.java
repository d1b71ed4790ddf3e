package dev.terminalcloud.connector.session;

import java.time.Duration;

/**
 * The pace at which a connector ends its sessions, so that their devices do not all reconnect in the same second: evenly over
 * the time, but never slower than necessary.
 *
 * @param sessions the number of sessions
 * @param time until the last one must end; zero for all at once
 */
record DrainPace(int sessions, Duration time) {
    /** Rate that does not burden the other connectors: a connector with few devices need not take the whole time. */
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
