package dev.terminalcloud.connector.ratelimit;

import dev.terminalcloud.network.ClientAddress;

/**
 * Where a CONNECT comes from.
 *
 * @param isProxy whether the address is a known proxy's that names nobody: it stands for devices that have nothing to do
 *     with each other
 */
public record ClientOrigin(ClientAddress address, boolean isProxy) {}
