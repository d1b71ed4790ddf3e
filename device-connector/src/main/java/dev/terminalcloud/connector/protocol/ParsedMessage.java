package dev.terminalcloud.connector.protocol;

import dev.terminalcloud.events.DeviceEvent;

/** What became of reading one message of a device. */
public sealed interface ParsedMessage {

    /**
     * The message follows its type's rules.
     *
     * @param cardPanMasked the device showed more of a card number than its last four digits, which the event does not
     */
    record Accepted(MessageType type, DeviceEvent event, boolean cardPanMasked) implements ParsedMessage {}

    /** The message breaks its type's rules but names a transaction: it would come back for ever if it were not kept. */
    record Rejected(MessageType type, DeviceEvent.DeviceMessageRejected event) implements ParsedMessage {}

    /** A type that this build does not know: acknowledged and counted. */
    record UnknownType() implements ParsedMessage {}

    /**
     * Nothing that can be kept: the connection is closed.
     *
     * @param reason the broken rule, without anything that the device said
     */
    record Unreadable(String reason) implements ParsedMessage {}
}
