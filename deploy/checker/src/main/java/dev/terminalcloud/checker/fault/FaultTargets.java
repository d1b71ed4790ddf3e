package dev.terminalcloud.checker.fault;

import dev.terminalcloud.checker.proxy.TcpProxies;
import java.util.Optional;

/**
 * The targets of faults in a run.
 *
 * @param replayer sends records again, if a fault of the run needs it
 * @param disk the disk of Kafka, if it has a separate one
 * @param rollouts the planned changes, if the stack was started for them
 */
public record FaultTargets(
        StackProcesses processes,
        TcpProxies proxies,
        Optional<RecordReplayer> replayer,
        Optional<SizeLimitedDisk> disk,
        Optional<RolloutClient> rollouts) {}
