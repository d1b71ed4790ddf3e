package dev.terminalcloud.connector.protocol;

import dev.terminalcloud.events.DeviceEvent;

/** Result of parsing one message of a device. */
public sealed interface ParsedMessage {

    /**
     * The message follows its type's rules.
     *
     * @param cardPanMasked true if the device sent more of a card number than its last four digits; the event has no more
     */
    record Accepted(MessageType type, DeviceEvent event, boolean cardPanMasked) implements ParsedMessage {}

    /** The message breaks its type's rules but names a transaction; the device would repeat it for ever if it were not kept. */
    record Rejected(MessageType type, DeviceEvent.DeviceMessageRejected event) implements ParsedMessage {}

    /** A type that this build does not know: acknowledged and counted. */
    record UnknownType() implements ParsedMessage {}

    /**
     * The message can't be kept: the connection is closed.
     *
     * @param reason the broken rule, without any content of the message
     */
    record Unreadable(String reason) implements ParsedMessage {}
}
