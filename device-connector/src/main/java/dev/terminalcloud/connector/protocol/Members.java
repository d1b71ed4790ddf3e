package dev.terminalcloud.connector.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The members of one message, each read by its rule.
 *
 * <p>A member that is null counts as absent. Every method that reads a value throws {@link InvalidMemberException} if the
 * member is absent, unless the method's name says optional, or if it breaks the rule.
 */
final class Members {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern UUID_PATTERN =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern LOCAL_TIME = Pattern.compile("[0-9]{14}");

    private final ObjectNode message;
    private boolean cardPanMasked;

    Members(ObjectNode message) {
        this.message = message;
    }

    /** Returns a string without U+0000 and without unpaired surrogates: neither can be stored as text. */
    String text(String name) {
        return checkedText(name, required(name));
    }

    String optionalText(String name) {
        JsonNode value = optional(name);
        return value == null ? null : checkedText(name, value);
    }

    UUID uuid(String name) {
        String text = text(name);
        if (!UUID_PATTERN.matcher(text).matches()) {
            throw new InvalidMemberException(name, "must be a UUID");
        }
        return UUID.fromString(text);
    }

    /** Returns a non-negative integer, written without a fraction or an exponent. */
    long nonNegativeInteger(String name) {
        return checkedWholeNumber(name, required(name));
    }

    /** Returns cents, by the rule of {@link #nonNegativeInteger}. */
    Long optionalCents(String name) {
        JsonNode value = optional(name);
        return value == null ? null : checkedWholeNumber(name, value);
    }

    <E extends Enum<E>> E enumConstant(Class<E> type, String name) {
        return checkedOneOf(type, name, required(name));
    }

    <E extends Enum<E>> E optionalEnumConstant(Class<E> type, String name) {
        JsonNode value = optional(name);
        return value == null ? null : checkedOneOf(type, name, value);
    }

    /** Returns the device's local time, {@code yyyyMMddHHmmss}. */
    String optionalLocalTime(String name) {
        String text = optionalText(name);
        if (text != null && !LOCAL_TIME.matcher(text).matches()) {
            throw new InvalidMemberException(name, "must have the form yyyyMMddHHmmss");
        }
        return text;
    }

    /** Returns the card number, masked again if the device sent more than the last four digits: {@link #cardPanMasked()}. */
    String optionalCardPan(String name) {
        String shown = optionalText(name);
        if (shown == null) {
            return null;
        }
        String masked = CardPan.mask(shown);
        cardPanMasked |= !masked.equals(shown);
        return masked;
    }

    /** Returns whether a card number had to be masked that the device should have masked. */
    boolean cardPanMasked() {
        return cardPanMasked;
    }

    private JsonNode required(String name) {
        JsonNode value = optional(name);
        if (value == null) {
            throw new InvalidMemberException(name, "is missing");
        }
        return value;
    }

    private JsonNode optional(String name) {
        JsonNode value = message.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static String checkedText(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw new InvalidMemberException(name, "must be a string");
        }
        String text = value.textValue();
        if (text.codePoints().anyMatch(Members::isUnstorable)) {
            throw new InvalidMemberException(name, "must not contain U+0000 or unpaired surrogates");
        }
        return text;
    }

    private static boolean isUnstorable(int codePoint) {
        return codePoint == 0 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    private static long checkedWholeNumber(String name, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new InvalidMemberException(name, "must be a non-negative integer");
        }
        return value.longValue();
    }

    private static <E extends Enum<E>> E checkedOneOf(Class<E> type, String name, JsonNode value) {
        String text = checkedText(name, value);
        try {
            E constant = text.isEmpty() ? null : JSON.treeToValue(value, type);
            if (constant != null) {
                return constant;
            }
        } catch (JsonProcessingException e) {
            throw new InvalidMemberException(name, "must be one of the allowed values");
        }
        throw new InvalidMemberException(name, "must be one of the allowed values");
    }
}
