package dev.terminalcloud.virtualdevice;

import dev.terminalcloud.virtualdevice.protocol.CloudMessage;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage;

/** What a device just did or saw, for whoever watches it. */
public sealed interface Activity {

    /** The connection is open and the greeting is on its way. */
    record Connected() implements Activity {}

    /** The connection ended or could not be made; the device tries again by itself. */
    record ConnectionLost(String reason) implements Activity {}

    record Received(CloudMessage message) implements Activity {}

    /** Given to the connection if there is one, otherwise kept or dropped as the protocol says. */
    record Sent(DeviceMessage message) implements Activity {}

    /** The cloud has it for good. */
    record Acknowledged(DeviceMessage message) implements Activity {}

    /** The display shows this now. */
    record Shown(String text) implements Activity {}

    record Printed(String receipt) implements Activity {}

    record PowerOff() implements Activity {}

    record PowerOn() implements Activity {}
}
