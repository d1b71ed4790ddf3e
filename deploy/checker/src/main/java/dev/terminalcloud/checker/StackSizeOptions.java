package dev.terminalcloud.checker;

import dev.terminalcloud.checker.fault.Fault;
import dev.terminalcloud.checker.fault.FaultType;
import dev.terminalcloud.checker.stack.StackSize;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of the stack that the checker starts. */
final class StackSizeOptions {
    @Option(
            names = "--replicas",
            defaultValue = "2",
            paramLabel = "COUNT",
            description = "Number of replicas of each service. Default: ${DEFAULT-VALUE}.")
    private int replicas;

    @Option(
            names = "--connectors",
            defaultValue = "2",
            paramLabel = "COUNT",
            description = "Number of device connectors. Default: ${DEFAULT-VALUE}.")
    private int connectors;

    @Option(
            names = "--clock-skew",
            defaultValue = "0",
            paramLabel = "MINUTES",
            description = "Clock skew of the replicas in minutes; needs libfaketime. Default: ${DEFAULT-VALUE}.")
    private int clockSkew;

    @Option(
            names = "--kafka-disk-size",
            defaultValue = "4g",
            paramLabel = "SIZE",
            description = "Size of Kafka's disk for the fault disk-full-kafka; needs root. Default: ${DEFAULT-VALUE}.")
    private String kafkaDiskSize;

    /** Returns the size that the run needs. */
    StackSize size(int devices, List<Fault> faults) {
        return new StackSize(
                replicas,
                connectors,
                devices,
                clockSkew,
                Fault.has(faults, FaultType.DISK_FULL) ? Optional.of(kafkaDiskSize) : Optional.empty(),
                Fault.has(faults, FaultType.ROLLING_RESTART));
    }
}
