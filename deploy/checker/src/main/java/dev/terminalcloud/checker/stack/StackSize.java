package dev.terminalcloud.checker.stack;

import java.util.Optional;

/**
 * The size of a stack.
 *
 * @param replicas the number of replicas of each service
 * @param devices the number of registered devices
 * @param clockSkew the clock skew of the replicas in minutes
 * @param diskSize the size of Kafka's disk; empty if it has no separate one
 * @param rollouts true to let planned changes replace its processes
 */
public record StackSize(
        int replicas, int connectors, int devices, int clockSkew, Optional<String> diskSize, boolean rollouts) {
    /** Returns the number of service processes; while replicas are replaced there are twice as many of them. */
    int processes() {
        return 2 * (rollouts ? 2 * replicas : replicas) + connectors;
    }

    /** Returns the number of ports for devices; with planned changes a load balancer leads to all connectors. */
    int mqttPorts() {
        return rollouts ? 1 : connectors;
    }
}
