package dev.terminalcloud.connector.protocol;

import dev.terminalcloud.events.DeviceEvent;
import java.util.List;

/** Result of parsing one message of a device. */
public sealed interface ParsedMessage {

    /**
     * The message follows its type's rules.
     *
     * @param cardPanMasked true if the device sent more of a card number than its last four digits; the event has no more
     * @param ignored the optional members that broke their rules, which the event does not have
     */
    record Accepted(MessageType type, DeviceEvent event, boolean cardPanMasked, List<String> ignored)
            implements ParsedMessage {}

    /** The message breaks its type's rules but names a transaction; the device would repeat it for ever if it were not kept. */
    record Rejected(MessageType type, DeviceEvent.DeviceMessageRejected event) implements ParsedMessage {}

    /** A type that this build does not know: acknowledged and counted. */
    record UnknownType() implements ParsedMessage {}

    /** The message can't be parsed, or names no transaction where it must: it may be a result, so it is kept as it is. */
    record Unreadable(DeviceEvent.DeviceMessageUnreadable event) implements ParsedMessage {}

    /**
     * The message breaks the rules of a type that has nothing to do with money: the connection is closed.
     *
     * @param reason the broken rule, without any content of the message
     */
    record Malformed(String reason) implements ParsedMessage {}
}
