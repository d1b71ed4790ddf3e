package dev.terminalcloud.connector.ratelimit;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Tells an operator that CONNECTs are refused unchecked: at most once a minute, with their number. Safe for any thread. */
@Singleton
public class FailedConnectAlert {
    private static final Logger LOG = Logger.getLogger(FailedConnectAlert.class);
    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong lastLoggedNanos = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);

    /** A CONNECT in the name of that device was refused unchecked. */
    public void refused(ClientOrigin caller, String deviceId, long nowNanos) {
        refused.incrementAndGet();
        long said = lastLoggedNanos.get();
        if (nowNanos - said >= INTERVAL_NANOS && lastLoggedNanos.compareAndSet(said, nowNanos)) {
            LOG.errorf(
                    "after too many failed CONNECTs further ones are refused unchecked, %d since the last such line,"
                            + " the newest from address=%s deviceId=%s: a device has a wrong secret, or somebody guesses;"
                            + " see the CONNECTs that were refused before, and block the address if it is a stranger's",
                    refused.getAndSet(0), caller.address().text(), deviceId);
        }
    }
}
