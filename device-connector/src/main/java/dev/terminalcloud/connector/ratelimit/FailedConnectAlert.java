package dev.terminalcloud.connector.ratelimit;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Alerts operators in the log to CONNECTs refused unchecked: at most once a minute, with their number since the last alert and
 * the newest of them. Thread-safe.
 */
@Singleton
public class FailedConnectAlert {
    private static final Logger LOG = Logger.getLogger(FailedConnectAlert.class);
    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong lastLoggedNanos = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);

    /** Counts a CONNECT with that device id that was refused unchecked, and logs the alert if it is due. */
    public void refused(ClientOrigin origin, String deviceId, long nowNanos) {
        refused.incrementAndGet();
        long last = lastLoggedNanos.get();
        if (nowNanos - last >= INTERVAL_NANOS && lastLoggedNanos.compareAndSet(last, nowNanos)) {
            LOG.errorf(
                    "CONNECTs refused unchecked after too many failures. Check the device's secret, or block the"
                            + " address: count=%d address=%s deviceId=%s",
                    refused.getAndSet(0), origin.address().text(), deviceId);
        }
    }
}
