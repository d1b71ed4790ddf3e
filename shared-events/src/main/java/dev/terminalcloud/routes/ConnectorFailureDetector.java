package dev.terminalcloud.routes;

import dev.terminalcloud.events.ConnectorEvent.LivenessEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who has been silent for how long, as seen by one reader of {@code connector-events}.
 *
 * <p>Silence is counted on the reader's own monotonic clock, from the later of the connector's last sign of life and the
 * moment from which the reader has been at the topic's end without a break. So neither a clock that is wrong nor a
 * reader that is behind, or cut off from Kafka, makes a living connector look dead. Not thread-safe.
 */
final class ConnectorFailureDetector {
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** One start of one connector. */
    record ConnectorInstance(int index, long epoch) {}

    private final Map<Integer, Long> epochs = new HashMap<>();
    private final Map<Integer, Long> lastHeartbeats = new HashMap<>();
    private boolean caughtUp;
    private long caughtUpSince;

    /** A sign of life. False if it is of an epoch that is over. */
    boolean recordHeartbeat(LivenessEvent sign, long nanoTime) {
        Long known = epochs.get(sign.connectorIndex());
        if (known != null && known > sign.epoch()) {
            return false;
        }
        epochs.put(sign.connectorIndex(), sign.epoch());
        lastHeartbeats.put(sign.connectorIndex(), nanoTime);
        return true;
    }

    /** The reader has seen everything that is in the topic. */
    void markCaughtUp(long nanoTime) {
        if (!caughtUp) {
            caughtUp = true;
            caughtUpSince = nanoTime;
        }
    }

    /** The reader is behind, or can't tell. */
    void markLagging() {
        caughtUp = false;
    }

    /** Connectors that have been silent for {@link #TIMEOUT}. */
    List<ConnectorInstance> timedOut(long nanoTime) {
        List<ConnectorInstance> silent = new ArrayList<>();
        if (!caughtUp) {
            return silent;
        }
        lastHeartbeats.forEach((index, sign) -> {
            long since = caughtUpSince - sign > 0 ? caughtUpSince : sign;
            if (nanoTime - since >= TIMEOUT.toNanos()) {
                silent.add(new ConnectorInstance(index, epochs.get(index)));
            }
        });
        return silent;
    }
}
