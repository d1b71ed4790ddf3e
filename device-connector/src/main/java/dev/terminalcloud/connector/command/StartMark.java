package dev.terminalcloud.connector.command;

import java.util.UUID;

/**
 * One start of this connector, as recorded in its own partition of {@code device-commands}.
 *
 * @param incarnation distinguishes this start from any other
 * @param offset of the mark in that partition
 * @param epoch greater than that of every earlier start of the same index
 */
public record StartMark(int connectorIndex, UUID incarnation, long offset, long epoch) {}
