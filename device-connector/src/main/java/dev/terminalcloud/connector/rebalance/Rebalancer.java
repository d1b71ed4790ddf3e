package dev.terminalcloud.connector.rebalance;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.config.Rebalancing;
import dev.terminalcloud.connector.session.CloseReason;
import dev.terminalcloud.connector.session.SessionDrain;
import dev.terminalcloud.connector.session.Sessions;
import dev.terminalcloud.events.ConnectorEvent.ConnectorHeartbeat;
import io.vertx.core.Future;
import jakarta.inject.Singleton;

/**
 * Gives other connectors their share of the devices. Connections last for days: a connector that joins would get none until they end.
 *
 * <p>Each connector decides for itself, whenever it has read its own heartbeat: as many devices as its {@link RebalancingPolicy} says are asked
 * to reconnect, at the {@linkplain RebalancingPace configured pace}, and the load balancer spreads them over all. It asks those that have been
 * connected the longest, none that does anything, and none twice within the delay.
 *
 * <p>On the thread that reads the heartbeats.
 */
@Singleton
public class Rebalancer {
    private final int index;
    private final Rebalancing configuration;
    private final RebalancingPolicy policy;
    private final Sessions sessions;
    private final SessionDrain drain;
    private Future<Integer> asking = Future.succeededFuture(0);

    Rebalancer(ConnectorConfiguration configuration, Sessions sessions, SessionDrain drain) {
        this.index = configuration.index();
        this.configuration = configuration.rebalancing();
        this.policy = new RebalancingPolicy(this.configuration);
        this.sessions = sessions;
        this.drain = drain;
    }

    /** Handles a heartbeat of any connector. */
    public void received(ConnectorHeartbeat heartbeat) {
        long now = System.nanoTime();
        policy.recordHeartbeat(heartbeat, now);
        boolean accepting = heartbeat.connectorIndex() == index && heartbeat.connections() != null;
        if (accepting && configuration.maxPerSecond() > 0 && asking.isComplete()) {
            rebalance(now);
        }
    }

    private void rebalance(long nowNanos) {
        if (asking.succeeded()) {
            policy.recordAsked(asking.result());
        }
        asking = Future.succeededFuture(0);
        int devices = policy.devicesToAsk(sessions.count(), nowNanos);
        if (devices > 0) {
            asking = drain.beginOldest(
                    devices, policy.batchTime(devices), configuration.delay(), CloseReason.REBALANCED);
        }
    }
}
