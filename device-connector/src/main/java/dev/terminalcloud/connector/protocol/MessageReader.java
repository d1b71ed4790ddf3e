package dev.terminalcloud.connector.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageRejected;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.UUID;

/**
 * Parses device messages strictly: one JSON object in UTF-8 with nothing after it and no member twice, each member by the
 * rules of the message's type. Stateless; never throws for anything that a device can send.
 */
public final class MessageReader {
    private static final int MAX_NESTING = 32;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private MessageReader() {}

    public static ParsedMessage read(byte[] payload, SessionIdentity by) {
        ObjectNode message;
        try {
            JsonNode tree = JSON.readTree(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString());
            if (!(tree instanceof ObjectNode object)) {
                return new ParsedMessage.Unreadable("not a JSON object");
            }
            message = object;
        } catch (CharacterCodingException e) {
            return new ParsedMessage.Unreadable("not UTF-8");
        } catch (JsonProcessingException e) {
            return new ParsedMessage.Unreadable("not a JSON object with unique members");
        }
        return read(new Members(message), by);
    }

    private static ParsedMessage read(Members members, SessionIdentity by) {
        Optional<MessageType> type;
        try {
            type = MessageType.named(members.text("type"));
        } catch (InvalidMemberException e) {
            return new ParsedMessage.Unreadable(e.getMessage());
        }
        return type.map(known -> read(known, members, by)).orElseGet(ParsedMessage.UnknownType::new);
    }

    private static ParsedMessage read(MessageType type, Members members, SessionIdentity by) {
        try {
            return new ParsedMessage.Accepted(type, type.toEvent(members, by), members.cardPanMasked());
        } catch (InvalidMemberException e) {
            return transactionIdOf(members, type)
                    .<ParsedMessage>map(transactionId -> new ParsedMessage.Rejected(
                            type,
                            new DeviceMessageRejected(
                                    by.deviceId(), by.sessionId(), transactionId, type.wireName(), e.getMessage())))
                    .orElseGet(() -> new ParsedMessage.Unreadable(e.getMessage()));
        }
    }

    private static Optional<UUID> transactionIdOf(Members members, MessageType type) {
        try {
            return type.isAboutTransaction() ? Optional.of(members.uuid("transactionId")) : Optional.empty();
        } catch (InvalidMemberException e) {
            return Optional.empty();
        }
    }
}
