package dev.terminalcloud.routes;

import java.util.UUID;

/**
 * A device's current session and the connector that holds it.
 *
 * @param connectorIndex also the partition of {@code device-commands} that leads there
 */
public record DeviceRoute(UUID sessionId, int connectorIndex) {}
