package dev.terminalcloud.administration;

import dev.terminalcloud.network.ClientAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Limit for failed log-ins from one address: the first one begins a window, and after the last that is allowed every log-in is refused
 * unchecked until the window is over, also one with the right password, since the answer to it would tell that it is right.
 *
 * <p>Log-ins under way count as failed once one has failed, so that many at once get no more attempts; before, at most
 * {@value #MAX_CONCURRENT} are under way. Memory is bounded: of more than {@value #MAX_ADDRESSES} addresses the longest known is forgotten.
 * Thread-safe.
 */
final class FailedLoginLimiter {
    static final int MAX_CONCURRENT = 100;
    static final int MAX_ADDRESSES = 10_000;
    private static final Duration MIN_DELAY = Duration.ofSeconds(1);

    private final int max;
    private final Duration window;
    private final Map<ClientAddress, Attempts> addresses = new LinkedHashMap<>();

    /**
     * @param max the number of failed log-ins that are allowed
     * @param window the time from the first one until they are forgotten
     */
    FailedLoginLimiter(int max, Duration window) {
        this.max = max;
        this.window = window;
    }

    /** @param end when the failures are forgotten */
    private record Attempts(int underWay, int failed, Instant end) {
        private boolean isFull(int max) {
            return failed == 0 ? underWay >= MAX_CONCURRENT : failed + underWay >= max;
        }
    }

    /** Begins a log-in, which must be ended; or returns after what time the address may try again. */
    synchronized Optional<Duration> begin(ClientAddress address, Instant now) {
        Attempts known = current(address, now);
        if (known.isFull(max)) {
            Duration left = Duration.between(now, known.end());
            return Optional.of(left.compareTo(MIN_DELAY) < 0 ? MIN_DELAY : left);
        }
        put(address, new Attempts(known.underWay() + 1, known.failed(), known.end()));
        return Optional.empty();
    }

    /** Ends a log-in that has succeeded. */
    synchronized void succeed(ClientAddress address, Instant now) {
        end(address, current(address, now), 0, now);
    }

    /** Ends a log-in that has failed, and returns the number of failed ones in the window. */
    synchronized int fail(ClientAddress address, Instant now) {
        return end(address, current(address, now), 1, now);
    }

    private int end(ClientAddress address, Attempts known, int failures, Instant now) {
        int failed = known.failed() + failures;
        int underWay = Math.max(0, known.underWay() - 1);
        if (failed == 0 && underWay == 0) {
            addresses.remove(address);
        } else {
            put(address, new Attempts(underWay, failed, known.failed() == 0 ? now.plus(window) : known.end()));
        }
        return failed;
    }

    private Attempts current(ClientAddress address, Instant now) {
        Attempts known = addresses.getOrDefault(address, new Attempts(0, 0, now));
        return known.failed() > 0 && !now.isBefore(known.end()) ? new Attempts(known.underWay(), 0, now) : known;
    }

    private void put(ClientAddress address, Attempts attempts) {
        addresses.put(address, attempts);
        if (addresses.size() > MAX_ADDRESSES) {
            addresses.remove(addresses.keySet().iterator().next());
        }
    }
}
