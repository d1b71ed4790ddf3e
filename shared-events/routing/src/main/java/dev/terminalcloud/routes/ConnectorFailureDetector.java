package dev.terminalcloud.routes;

import dev.terminalcloud.events.ConnectorEvent.LivenessEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Heartbeat failure detector for connectors, as seen by one reader of {@code connector-events}.
 *
 * <p>The timeout is measured on the reader's own monotonic clock, from the later of the connector's last heartbeat and the
 * moment since which the reader has been at the end of the topic without interruption. So neither a wrong clock nor a
 * reader that lags, or is disconnected from Kafka, makes a live connector look dead. Not thread-safe.
 */
final class ConnectorFailureDetector {
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** One start of one connector. */
    record ConnectorInstance(int index, long epoch) {}

    private final Map<Integer, Long> epochs = new HashMap<>();
    private final Map<Integer, Long> lastHeartbeats = new HashMap<>();
    private boolean caughtUp;
    private long caughtUpSince;

    /** Records a heartbeat. Returns false if it is from a previous epoch. */
    boolean recordHeartbeat(LivenessEvent event, long nanoTime) {
        Long known = epochs.get(event.connectorIndex());
        if (known != null && known > event.epoch()) {
            return false;
        }
        epochs.put(event.connectorIndex(), event.epoch());
        lastHeartbeats.put(event.connectorIndex(), nanoTime);
        return true;
    }

    /** Notes that the reader has reached the end of the topic. */
    void markCaughtUp(long nanoTime) {
        if (!caughtUp) {
            caughtUp = true;
            caughtUpSince = nanoTime;
        }
    }

    /** Notes that the reader lags, or can't know whether it does. */
    void markLagging() {
        caughtUp = false;
    }

    /** Returns the connectors without a heartbeat for {@link #TIMEOUT}. */
    List<ConnectorInstance> timedOut(long nanoTime) {
        List<ConnectorInstance> timedOut = new ArrayList<>();
        if (!caughtUp) {
            return timedOut;
        }
        lastHeartbeats.forEach((index, heartbeat) -> {
            if (silence(heartbeat, nanoTime) >= TIMEOUT.toNanos()) {
                timedOut.add(new ConnectorInstance(index, epochs.get(index)));
            }
        });
        return timedOut;
    }

    /** Returns whether the reader is at the end of the topic, and no connector can time out in the given time. */
    boolean isQuietFor(Duration time, long nanoTime) {
        return caughtUp
                && lastHeartbeats.values().stream()
                        .allMatch(heartbeat -> silence(heartbeat, nanoTime) + time.toNanos() < TIMEOUT.toNanos());
    }

    private long silence(long heartbeat, long nanoTime) {
        return nanoTime - (caughtUpSince - heartbeat > 0 ? caughtUpSince : heartbeat);
    }
}
