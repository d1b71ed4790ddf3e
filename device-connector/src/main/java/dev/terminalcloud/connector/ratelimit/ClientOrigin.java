package dev.terminalcloud.connector.ratelimit;

import dev.terminalcloud.network.ClientAddress;

/**
 * Origin of a CONNECT.
 *
 * @param isProxy true if the address is a trusted proxy's that names no client: it stands for unrelated devices
 */
public record ClientOrigin(ClientAddress address, boolean isProxy) {}
