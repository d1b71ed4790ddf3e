package dev.terminalcloud.connector.protocol;

import java.util.UUID;

/**
 * Identity of the session that a message came from.
 *
 * @param sessionId new for each connection
 * @param connectorEpoch the epoch of the start of the connector that holds the connection
 */
public record SessionIdentity(String deviceId, UUID sessionId, int connectorIndex, long connectorEpoch) {}
