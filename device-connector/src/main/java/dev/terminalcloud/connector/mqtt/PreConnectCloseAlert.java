package dev.terminalcloud.connector.mqtt;

import dev.terminalcloud.connector.pipeline.PreConnectCloseReason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Alerts operators in the log to connections that were closed before CONNECT because there were too many, of them or of their
 * bytes: at most once a minute, with their number since the last alert and the newest of them. Thread-safe.
 */
@Singleton
class PreConnectCloseAlert {
    private static final Logger LOG = Logger.getLogger(PreConnectCloseAlert.class);
    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final AtomicLong closed = new AtomicLong();
    private final AtomicLong lastLoggedNanos = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);

    /** Counts a connection that was closed, and logs the alert if it is due; returns whether it was. */
    boolean closed(PreConnectCloseReason reason, String detail, long nowNanos) {
        long count = closed.incrementAndGet();
        long last = lastLoggedNanos.get();
        if (nowNanos - last < INTERVAL_NANOS || !lastLoggedNanos.compareAndSet(last, nowNanos)) {
            return false;
        }
        closed.addAndGet(-count);
        LOG.warnf(
                "Connections closed before CONNECT, too many. Block the address if they go on"
                        + ": count=%d detail=%s reason=%s",
                count, detail, reason);
        return true;
    }
}
