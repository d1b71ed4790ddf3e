package dev.terminalcloud.checker.fault;

import dev.terminalcloud.checker.proxy.TcpProxies;
import java.util.Optional;

/**
 * What can be made to fail in a run.
 *
 * @param disk Kafka's, if it is one of its own
 */
public record FaultTargets(
        StackProcesses processes, TcpProxies proxies, RecordReplayer repeats, Optional<SizeLimitedDisk> disk) {}
