package dev.terminalcloud.routes;

import java.util.UUID;

/**
 * A device's current session and the connector that holds it.
 *
 * @param connectorIndex also the connector's partition of {@code device-commands}
 */
public record DeviceRoute(UUID sessionId, int connectorIndex) {}
