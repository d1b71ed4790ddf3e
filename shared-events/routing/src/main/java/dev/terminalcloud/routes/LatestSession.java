package dev.terminalcloud.routes;

import dev.terminalcloud.events.DeviceStatus;
import java.time.Instant;

/**
 * The session of a device that tells most about it: its current one, or the one that ended last.
 *
 * @param isCurrent true if it is open and its connector sends heartbeats, so that the device is online
 * @param since when it was opened, if it is current; otherwise when it ended, or its connector's heartbeat timed out
 * @param model null, as firmware and status, if a build that did not store it has opened the session
 * @param status as last reported on this session
 */
public record LatestSession(boolean isCurrent, Instant since, String model, String firmware, DeviceStatus status) {}
