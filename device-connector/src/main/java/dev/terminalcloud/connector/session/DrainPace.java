package dev.terminalcloud.connector.session;

import java.time.Duration;

/**
 * The pace at which a connector ends its sessions, so that their devices do not all reconnect in the same second: evenly over
 * the time, but never slower than necessary.
 *
 * @param sessions the number of sessions
 * @param time until the last one must end; zero for all at once
 * @param minPerSecond rate that does not burden the other connectors: few devices need not take the whole time
 */
record DrainPace(int sessions, Duration time, int minPerSecond) {
    private static final long MILLIS_PER_SECOND = 1_000;

    int dueAfter(Duration elapsed) {
        if (elapsed.compareTo(time) >= 0) {
            return sessions;
        }
        long millis = elapsed.toMillis();
        long evenly = sessions * millis / time.toMillis();
        long atLeast = minPerSecond * millis / MILLIS_PER_SECOND;
        return (int) Math.min(sessions, Math.max(evenly, atLeast));
    }
}
