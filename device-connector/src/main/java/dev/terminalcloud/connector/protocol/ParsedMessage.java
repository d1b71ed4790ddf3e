package dev.terminalcloud.connector.protocol;

import dev.terminalcloud.events.DeviceEvent;
import java.util.List;
import java.util.Set;

/** Result of parsing one message of a device. */
public sealed interface ParsedMessage {

    /**
     * The message follows its type's rules.
     *
     * @param masked the members in which the device sent card data, which the event does not have
     * @param ignored the optional members that broke their rules, which the event does not have
     */
    record Accepted(MessageType type, DeviceEvent event, Set<TextMember> masked, List<String> ignored)
            implements ParsedMessage {}

    /** The message breaks its type's rules but names a transaction; the device would repeat it for ever if it were not kept. */
    record Rejected(MessageType type, DeviceEvent.DeviceMessageRejected event, Set<TextMember> masked)
            implements ParsedMessage {}

    /** A type that this build does not know: acknowledged and counted. */
    record UnknownType() implements ParsedMessage {}

    /** The message can't be parsed, or names no transaction where it must: it may be a result, so it is kept as it is. */
    record Unreadable(DeviceEvent.DeviceMessageUnreadable event, Set<TextMember> masked) implements ParsedMessage {}

    /**
     * The message breaks the rules of a type that has nothing to do with money: the connection is closed.
     *
     * @param reason the broken rule, without any content of the message
     */
    record Malformed(String reason) implements ParsedMessage {}
}
