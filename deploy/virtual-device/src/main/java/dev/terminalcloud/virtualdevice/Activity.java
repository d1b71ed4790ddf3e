package dev.terminalcloud.virtualdevice;

import dev.terminalcloud.virtualdevice.protocol.CloudMessage;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage;

/** An action of a device, or an event on it, for its watcher. */
public sealed interface Activity {

    /** The connection is open; the device is sending hello. */
    record Connected() implements Activity {}

    /** The connection ended or could not be established; the device retries by itself. */
    record ConnectionLost(String reason) implements Activity {}

    record Received(CloudMessage message) implements Activity {}

    /** The device passed a message to its connection; without a connection it is repeated later or dropped, as the protocol says. */
    record Sent(DeviceMessage message) implements Activity {}

    /** The cloud acknowledged the message: it is stored. */
    record Acknowledged(DeviceMessage message) implements Activity {}

    /** The display shows this now. */
    record Shown(String text) implements Activity {}

    record Printed(String receipt) implements Activity {}

    record PowerOff() implements Activity {}

    record PowerOn() implements Activity {}
}
