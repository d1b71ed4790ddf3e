package dev.terminalcloud.virtualdevice.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long the device waits before it connects again: twice as long after each failure, and a random half of it, so
 * that the devices of a connector that died do not all come back at once.
 *
 * @param initial the longest wait after the first failure
 * @param max the longest wait at all
 */
public record Backoff(Duration initial, Duration max) {

    /** @param failures how many attempts failed since the last connection that the cloud welcomed */
    Duration delay(int failures, RandomGenerator random) {
        int doublings = Math.min(failures, 16);
        long cappedMillis = Math.min(max.toMillis(), initial.toMillis() << doublings);
        return Duration.ofMillis(cappedMillis / 2 + random.nextLong(cappedMillis / 2 + 1));
    }
}
