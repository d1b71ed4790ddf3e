package dev.terminalcloud.connector.rebalance;

import dev.terminalcloud.events.ConnectorEvent.ConnectorHeartbeat;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The connectors that accept devices, and the number of their connections, as their heartbeats say. A connector that shuts down, or is of a
 * release that does not say so, is not among them, nor is one without a heartbeat for 20 s. Not thread-safe.
 */
final class ConnectorLoads {
    /** As in the services, which then take its devices for disconnected. */
    static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(20);

    private final Map<Integer, Load> byIndex = new HashMap<>();
    private Map<Integer, Long> epochs = Map.of();
    private long unchangedSinceNanos;

    private record Load(long epoch, int connections, long heartbeatNanos) {}

    /** Records a heartbeat that was received now. */
    void record(ConnectorHeartbeat heartbeat, long nowNanos) {
        Load known = byIndex.get(heartbeat.connectorIndex());
        if (known != null && known.epoch() > heartbeat.epoch()) {
            return;
        }
        if (heartbeat.connections() == null) {
            byIndex.remove(heartbeat.connectorIndex());
        } else {
            byIndex.put(heartbeat.connectorIndex(), new Load(heartbeat.epoch(), heartbeat.connections(), nowNanos));
        }
        byIndex.values().removeIf(load -> nowNanos - load.heartbeatNanos() > HEARTBEAT_TIMEOUT.toNanos());
        Map<Integer, Long> current = byIndex.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, load -> load.getValue().epoch()));
        if (!current.equals(epochs)) {
            epochs = current;
            unchangedSinceNanos = nowNanos;
        }
    }

    /** Returns whether no connector has come, gone or restarted for that time. */
    boolean areSteadyFor(Duration time, long nowNanos) {
        return nowNanos - unchangedSinceNanos >= time.toNanos();
    }

    /** Returns the number of connections of each. */
    Collection<Integer> connections() {
        return byIndex.values().stream().map(Load::connections).toList();
    }
}
