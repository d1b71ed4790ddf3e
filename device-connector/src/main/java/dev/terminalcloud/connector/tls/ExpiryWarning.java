package dev.terminalcloud.connector.tls;

import java.time.Duration;
import java.time.Instant;

/** Whether it is to be said that a certificate expires: from 14 days before, once a day. Not for more than one thread. */
final class ExpiryWarning {
    private static final Duration WARNING_PERIOD = Duration.ofDays(14);
    private static final Duration WARNING_INTERVAL = Duration.ofDays(1);

    private final Instant expiry;
    private Instant next;

    ExpiryWarning(Instant expiry) {
        this.expiry = expiry;
        this.next = expiry.minus(WARNING_PERIOD);
    }

    Instant expiry() {
        return expiry;
    }

    /** True if it is to be said now; the next time is a day later. */
    boolean isDue(Instant now) {
        if (now.isBefore(next)) {
            return false;
        }
        next = now.plus(WARNING_INTERVAL);
        return true;
    }
}
