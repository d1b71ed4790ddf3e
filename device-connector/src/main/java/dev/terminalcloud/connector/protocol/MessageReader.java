package dev.terminalcloud.connector.protocol;

import dev.terminalcloud.events.DeviceEvent.DeviceMessageRejected;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageUnreadable;
import java.util.Optional;
import java.util.UUID;

/**
 * Parses device messages: one JSON object in UTF-8 with nothing after it, each member by the rules of the message's type.
 *
 * <p>A message that may be about money is never lost: an optional member that breaks its rule is left out, and a message that can't
 * be used becomes an event that has its text. Bytes that are not UTF-8 only spoil the member that has them. Stateless;
 * never throws for anything that a device can send.
 */
public final class MessageReader {
    /** Breaks the rule for strings, whatever is before or after it: one surrogate could complete a pair. */
    private static final String NOT_UTF_8 = "\udc00\udc00";

    private MessageReader() {}

    public static ParsedMessage read(byte[] payload, SessionIdentity by) {
        return JsonMembers.parse(LenientUtf8.decode(payload, invalid -> NOT_UTF_8))
                .map(members -> read(new Members(members), payload, by))
                .orElseGet(() -> unreadable("not a JSON object", payload, by));
    }

    private static ParsedMessage read(Members members, byte[] payload, SessionIdentity by) {
        Optional<MessageType> type;
        try {
            type = MessageType.named(members.type());
        } catch (InvalidMemberException e) {
            return unreadable(e.getMessage(), payload, by);
        }
        return type.map(known -> read(known, members, payload, by)).orElseGet(ParsedMessage.UnknownType::new);
    }

    private static ParsedMessage read(MessageType type, Members members, byte[] payload, SessionIdentity by) {
        try {
            return new ParsedMessage.Accepted(type, type.toEvent(members, by), members.masked(), members.ignored());
        } catch (InvalidMemberException e) {
            if (!type.isAboutTransaction()) {
                return new ParsedMessage.Malformed(e.getMessage());
            }
            return transactionIdOf(members)
                    .map(transactionId -> rejected(type, transactionId, e.getMessage(), payload, by))
                    .orElseGet(() -> unreadable(e.getMessage(), payload, by));
        }
    }

    private static Optional<UUID> transactionIdOf(Members members) {
        try {
            return Optional.of(members.uuid("transactionId"));
        } catch (InvalidMemberException e) {
            return Optional.empty();
        }
    }

    private static ParsedMessage rejected(
            MessageType type, UUID transactionId, String reason, byte[] payload, SessionIdentity by) {
        KeptPayload kept = KeptPayload.of(payload);
        return new ParsedMessage.Rejected(
                type,
                new DeviceMessageRejected(
                        by.deviceId(), by.sessionId(), transactionId, type.wireName(), reason, kept.text()),
                kept.masked());
    }

    private static ParsedMessage unreadable(String reason, byte[] payload, SessionIdentity by) {
        KeptPayload kept = KeptPayload.of(payload);
        return new ParsedMessage.Unreadable(
                new DeviceMessageUnreadable(by.deviceId(), by.sessionId(), reason, kept.text()), kept.masked());
    }
}
