package dev.terminalcloud.connector.protocol;

import java.util.UUID;

/**
 * Which session a message came from.
 *
 * @param sessionId made anew for each connection
 * @param connectorEpoch the epoch of the start of the connector that holds the connection
 */
public record SessionIdentity(String deviceId, UUID sessionId, int connectorIndex, long connectorEpoch) {}
