package dev.terminalcloud.connector.mqtt;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Refusals that clients wait for: most connect again as soon as they are refused, and one that waits costs its connection only. A limited
 * number waits; any further client is refused at once. Thread-safe.
 */
final class DelayedRefusals {
    private static final Logger LOG = Logger.getLogger(DelayedRefusals.class);
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final int MAX_WAITING = 1_000;

    private final AtomicInteger waiting = new AtomicInteger();

    /** Refuses after a second, on the context; the client may have left by then. */
    void refuseLater(Context context, Runnable refusal) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            refusal.run();
            return;
        }
        context.owner().setTimer(DELAY.toMillis(), timer -> context.runOnContext(nothing -> refuse(refusal)));
    }

    private void refuse(Runnable refusal) {
        waiting.decrementAndGet();
        try {
            refusal.run();
        } catch (RuntimeException e) {
            LOG.debug("Client did not wait for its refusal", e);
        }
    }
}
