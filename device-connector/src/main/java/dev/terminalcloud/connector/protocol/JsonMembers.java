package dev.terminalcloud.connector.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Parser for messages: one JSON object with nothing after it, whose members are strings, numbers or null. Each member is
 * read for itself, so that one which is badly written does not hide the others: numbers and strings may have forms that
 * JSON does not allow where their meaning is certain (a line break in a string, {@code 007}), and any other value is one
 * that fits no rule. A byte order mark before the object, and white space and control characters around it, are skipped.
 */
final class JsonMembers {
    /** Stands for a member that the message has twice, with different values. */
    static final JsonNode REPEATED = new POJONode("repeated");

    /** Stands for a value that no member may have. */
    private static final JsonNode UNUSABLE = MissingNode.getInstance();

    private static final int MAX_NESTING = 32;
    private static final int MAX_NUMBER_LENGTH = 1000;
    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
            .build();

    private JsonMembers() {}

    /** Returns the members by name; empty if the text is not one JSON object. */
    static Optional<Map<String, JsonNode>> parse(String text) {
        String marked = text.trim();
        String json = marked.startsWith(BYTE_ORDER_MARK) ? marked.substring(1).trim() : marked;
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, JsonNode> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.merge(name, value(parser), (first, second) -> first.equals(second) ? first : REPEATED);
            }
            return parser.nextToken() == null ? Optional.of(members) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> TextNode.valueOf(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            case VALUE_NULL -> NullNode.getInstance();
            case START_OBJECT, START_ARRAY -> {
                parser.skipChildren();
                yield UNUSABLE;
            }
            default -> UNUSABLE;
        };
    }

    private static JsonNode number(String text) {
        try {
            return text.length() > MAX_NUMBER_LENGTH ? UNUSABLE : DecimalNode.valueOf(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return UNUSABLE;
        }
    }
}
