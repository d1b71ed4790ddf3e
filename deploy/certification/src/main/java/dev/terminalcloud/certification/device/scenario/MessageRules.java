package dev.terminalcloud.certification.device.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.device.cloud.TraceEntry.MessageReceived;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rules for the messages of a device (device protocol, "Device to cloud"): the schemas of {@link MessageSchemas}, and what a schema
 * can't say.
 */
final class MessageRules {
    private static final int MAX_MESSAGE_BYTES = 65_536;
    private static final DateTimeFormatter LOCAL_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final MessageSchemas SCHEMAS = MessageSchemas.read();

    private MessageRules() {}

    /** Returns the violation of the rules by a message, or empty. */
    static Optional<String> violation(MessageReceived message) {
        if (message.message().isEmpty()) {
            return Optional.of("a message is not a JSON object");
        }
        if (message.size() > MAX_MESSAGE_BYTES) {
            return Optional.of("%s has %d bytes".formatted(message.type(), message.size()));
        }
        if (!SCHEMAS.types().contains(message.type())) {
            return Optional.of("unknown message type \"%s\"".formatted(message.type()));
        }
        return violation(message.type(), message.message().get()).map(violation -> message.type() + ": " + violation);
    }

    private static Optional<String> violation(String type, ObjectNode message) {
        return Stream.<Function<ObjectNode, Optional<String>>>of(
                        json -> SCHEMAS.violation(type, json),
                        MessageRules::nullCharacter,
                        MessageRules::impossibleTime,
                        MessageRules::contradiction)
                .flatMap(rule -> rule.apply(message).stream())
                .findFirst();
    }

    private static Optional<String> nullCharacter(ObjectNode message) {
        return message.properties().stream()
                .filter(member -> member.getValue().asText().indexOf('\0') >= 0)
                .map(member -> member.getKey() + " contains U+0000")
                .findFirst();
    }

    /** The schema compares digits, not the calendar. */
    private static Optional<String> impossibleTime(ObjectNode message) {
        String timestamp = message.path("timestamp").asText("");
        return !message.path("type").asText().equals("transaction-finished") || timestamp.isEmpty() || isTime(timestamp)
                ? Optional.empty()
                : Optional.of("timestamp is not a time of the calendar");
    }

    private static boolean isTime(String text) {
        try {
            return LocalDateTime.parse(text, LOCAL_TIME) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** The results are a pair of the table: every {@code OK-…} goes with OK, every other one with itself. */
    private static Optional<String> contradiction(ObjectNode message) {
        String transactionResult = message.path("transactionResult").asText("");
        String result = message.path("result").asText("");
        String expected = transactionResult.startsWith("OK-") ? "OK" : transactionResult;
        return message.path("transactionResult").isTextual() && !expected.equals(result)
                ? Optional.of("transactionResult %s does not go with result %s".formatted(transactionResult, result))
                : Optional.empty();
    }
}
