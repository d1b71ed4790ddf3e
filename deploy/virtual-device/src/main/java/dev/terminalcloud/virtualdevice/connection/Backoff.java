package dev.terminalcloud.virtualdevice.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The exponential backoff before a reconnect: doubles with each failure, half of it random, so
 * that the devices of a connector that died do not all reconnect at once.
 *
 * @param initial maximum delay after the first failure
 * @param max maximum delay after any failure
 */
public record Backoff(Duration initial, Duration max) {

    /** @param failures failed attempts since the last connection on which the cloud acknowledged a message */
    Duration delay(int failures, RandomGenerator random) {
        int doublings = Math.min(failures, 16);
        long cappedMillis = Math.min(max.toMillis(), initial.toMillis() << doublings);
        return Duration.ofMillis(cappedMillis / 2 + random.nextLong(cappedMillis / 2 + 1));
    }
}
