package dev.terminalcloud.connector.rebalance;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.config.Rebalancing;
import dev.terminalcloud.connector.session.CloseReason;
import dev.terminalcloud.connector.session.SessionDrain;
import dev.terminalcloud.connector.session.Sessions;
import dev.terminalcloud.events.ConnectorEvent.ConnectorHeartbeat;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Gives other connectors their share of the devices. Connections last for days: a connector that joins would get none until they end.
 *
 * <p>Each connector decides for itself, whenever it has read its own heartbeat: while it has more devices than its {@link FairShare}, it asks
 * the excess to reconnect, at the configured pace, and the load balancer spreads them over all. It asks those that have been connected the
 * longest, none that does anything, and none twice within the delay. As long as connectors come and go, as in an upgrade, it waits; and if the
 * devices come back, it {@linkplain RebalancingProgress pauses}.
 *
 * <p>On the thread that reads the heartbeats.
 */
@Singleton
public class Rebalancer {
    private static final Logger LOG = Logger.getLogger(Rebalancer.class);
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(5);

    private final ConnectorLoads loads = new ConnectorLoads();
    private final int index;
    private final Rebalancing configuration;
    private final FairShare fairShare;
    private final Sessions sessions;
    private final SessionDrain drain;
    private final RebalancingProgress progress;
    private Future<Integer> asking = Future.succeededFuture(0);
    private boolean uneven;
    private boolean warned;

    Rebalancer(ConnectorConfiguration configuration, Sessions sessions, SessionDrain drain) {
        this.index = configuration.index();
        this.configuration = configuration.rebalancing();
        this.fairShare = new FairShare(this.configuration.tolerancePercent(), this.configuration.minTolerance());
        this.progress = new RebalancingProgress(this.configuration.delay());
        this.sessions = sessions;
        this.drain = drain;
    }

    /** Handles a heartbeat of any connector. */
    public void received(ConnectorHeartbeat heartbeat) {
        long now = System.nanoTime();
        loads.record(heartbeat, now);
        boolean accepting = heartbeat.connectorIndex() == index && heartbeat.connections() != null;
        if (!accepting || configuration.maxPerSecond() == 0) {
            return;
        }
        if (loads.areSteadyFor(configuration.delay(), now)) {
            rebalance(now);
        } else {
            progress.reset();
        }
    }

    private void rebalance(long nowNanos) {
        int own = sessions.count();
        int excess = fairShare.excess(own, loads.connections());
        logChange(excess > 0, own);
        if (!asking.isComplete()) {
            return;
        }
        if (asking.succeeded()) {
            progress.recordAsked(asking.result());
        }
        asking = Future.succeededFuture(0);
        boolean mayAsk = progress.mayAsk(excess, own, loads.connections().size(), nowNanos);
        logPause(own);
        if (mayAsk) {
            int maxPerHeartbeat = Math.toIntExact(configuration.maxPerSecond() * HEARTBEAT_INTERVAL.toSeconds());
            asking = drain.beginOldest(
                    Math.min(excess, maxPerHeartbeat),
                    configuration.maxPerSecond(),
                    configuration.delay(),
                    CloseReason.REBALANCED);
        }
    }

    private void logPause(int own) {
        boolean comeBack = !progress.lastPause().isZero();
        if (comeBack && !warned) {
            LOG.warnf(
                    "Devices that are asked to reconnect come back to this connector, so it asks fewer. The load balancer must send new connections"
                            + " to all connectors, best to the one with the fewest: count=%d",
                    own);
        }
        warned = comeBack;
    }

    private void logChange(boolean nowUneven, int own) {
        if (nowUneven && !uneven) {
            LOG.infof("More devices than the other connectors, asking them to reconnect: count=%d", own);
        } else if (uneven && !nowUneven) {
            LOG.infof("No more devices than the other connectors: count=%d", own);
        }
        uneven = nowUneven;
    }
}
