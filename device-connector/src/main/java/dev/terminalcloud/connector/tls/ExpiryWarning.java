package dev.terminalcloud.connector.tls;

import java.time.Duration;
import java.time.Instant;

/** Schedule of the warnings that a certificate expires: from 14 days before, once a day. Not thread-safe. */
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

    /** Returns whether the warning is due now; the next one is due a day later. */
    boolean isDue(Instant now) {
        if (now.isBefore(next)) {
            return false;
        }
        next = now.plus(WARNING_INTERVAL);
        return true;
    }
}
