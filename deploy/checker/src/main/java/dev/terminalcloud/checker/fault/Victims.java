package dev.terminalcloud.checker.fault;

import dev.terminalcloud.checker.wire.Wires;
import java.util.Optional;

/**
 * What can be made to fail in a run.
 *
 * @param disk Kafka's, if it is one of its own
 */
public record Victims(Processes processes, Wires wires, Repeats repeats, Optional<SmallDisk> disk) {}
