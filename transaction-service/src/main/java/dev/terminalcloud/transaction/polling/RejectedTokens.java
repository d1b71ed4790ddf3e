package dev.terminalcloud.transaction.polling;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Polls and cancellations without a valid token: each is counted, and those with a wrong token are logged, at most once a minute, with
 * their number since the last line. Expired tokens are usual and only counted. Thread-safe.
 */
@Startup
@ApplicationScoped
class RejectedTokens {
    private static final Logger LOG = Logger.getLogger(RejectedTokens.class);
    private static final long LOG_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final Counter expired;
    private final Counter invalid;
    private final AtomicLong unlogged = new AtomicLong();
    private final AtomicLong lastLoggedNanos = new AtomicLong(System.nanoTime() - LOG_INTERVAL_NANOS);

    RejectedTokens(MeterRegistry metrics) {
        this.expired = metrics.counter("transaction.tokens.rejected", "reason", "expired");
        this.invalid = metrics.counter("transaction.tokens.rejected", "reason", "invalid");
    }

    /** Counts a token that was right and is too old. */
    void expired() {
        expired.increment();
    }

    /** Counts a wrong token. Neither the token nor the id, which may be part of an attack on the log, is logged. */
    void invalid() {
        invalid.increment();
        unlogged.incrementAndGet();
        logIfDue(System.nanoTime());
    }

    private void logIfDue(long nowNanos) {
        long last = lastLoggedNanos.get();
        if (nowNanos - last >= LOG_INTERVAL_NANOS && lastLoggedNanos.compareAndSet(last, nowNanos)) {
            LOG.warnf(
                    "Wrong polling tokens rejected. Find the client in the access log of the gateway: count=%d",
                    unlogged.getAndSet(0));
        }
    }
}
