package dev.terminalcloud.connector.rebalance;

import dev.terminalcloud.connector.config.Rebalancing;
import dev.terminalcloud.events.ConnectorEvent.ConnectorHeartbeat;
import java.time.Duration;
import java.util.Collection;
import org.jboss.logging.Logger;

/**
 * Decides how many devices a connector asks to reconnect, by the heartbeats of all connectors: those above its {@link FairShare}, none as long
 * as connectors come and go, none during a {@linkplain RebalancingProgress pause}, and no more than its {@linkplain RebalancingPace pace} allows. It
 * logs when the excess begins and ends, and warns once when devices come back. Not thread-safe.
 */
final class RebalancingPolicy {
    private static final Logger LOG = Logger.getLogger(RebalancingPolicy.class);

    private final Duration delay;
    private final FairShare fairShare;
    private final ConnectorLoads loads = new ConnectorLoads();
    private final RebalancingProgress progress;
    private final RebalancingPace pace;
    private boolean uneven;
    private boolean warned;

    RebalancingPolicy(Rebalancing configuration) {
        this.delay = configuration.delay();
        this.fairShare = new FairShare(configuration.tolerancePercent(), configuration.minTolerance());
        this.progress = new RebalancingProgress(delay);
        this.pace = new RebalancingPace(configuration.maxPerSecond());
    }

    /** Records a heartbeat of any connector that was received now. */
    void recordHeartbeat(ConnectorHeartbeat heartbeat, long nowNanos) {
        loads.record(heartbeat, nowNanos);
    }

    /** Records that so many devices have been asked to reconnect. */
    void recordAsked(int devices) {
        progress.recordAsked(devices);
    }

    /**
     * Begins a batch; returns the number of devices to ask now, over the {@link #batchTime}; 0 for none. The last batch must have ended.
     *
     * @param own the number of devices of this connector
     */
    int devicesToAsk(int own, long nowNanos) {
        if (!loads.areSteadyFor(delay, nowNanos)) {
            progress.reset();
            return 0;
        }
        Collection<Integer> all = loads.connections();
        int excess = fairShare.excess(own, all);
        logChange(excess > 0, own);
        boolean mayAsk = progress.mayAsk(excess, fairShare.surplus(own, all), all.size(), nowNanos);
        logPause(own);
        return mayAsk ? pace.begin(excess, nowNanos) : 0;
    }

    /** Returns the time over which the devices of a batch are asked. */
    Duration batchTime(int devices) {
        return pace.batchTime(devices);
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
