package dev.terminalcloud.connector.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.carddata.CardDataMask;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
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
    private static final Pattern LOCAL_TIME_PATTERN = Pattern.compile("[0-9]{14}");
    private static final DateTimeFormatter LOCAL_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final long MAX_REPORTED_CENTS = 999_999_999_999L;

    private final Map<String, JsonNode> message;
    private final List<String> ignored = new ArrayList<>();
    private final Set<TextMember> masked = EnumSet.noneOf(TextMember.class);

    Members(Map<String, JsonNode> message) {
        this.message = message;
    }

    /**
     * Returns what the reader returns for this member; if it breaks its rule null, and {@link #ignored()} has its name from
     * then on.
     */
    <T> T orIgnored(String name, Function<String, T> reader) {
        try {
            return reader.apply(name);
        } catch (InvalidMemberException e) {
            ignored.add(name);
            return null;
        }
    }

    /** Returns the names of the members that broke their rules and are left out for that. */
    List<String> ignored() {
        return List.copyOf(ignored);
    }

    /** As {@link #orIgnored(String, Function)}, for a text. */
    String orIgnored(TextMember member, Function<TextMember, String> reader) {
        return orIgnored(member.wireName(), unused -> reader.apply(member));
    }

    /** Returns the name of the message's type. */
    String type() {
        return text("type");
    }

    /** Returns a text that follows its member's rule, without card data. */
    String text(TextMember member) {
        return maskedText(member, text(member.wireName()));
    }

    String optionalText(TextMember member) {
        String text = optionalText(member.wireName());
        return text == null ? null : maskedText(member, text);
    }

    private String maskedText(TextMember member, String text) {
        member.check(text);
        return record(member, text, CardDataMask.mask(text));
    }

    private String record(TextMember member, String text, String withoutCardData) {
        if (!withoutCardData.equals(text)) {
            masked.add(member);
        }
        return withoutCardData;
    }

    /**
     * Returns a string without U+0000 and without unpaired surrogates: neither can be stored as text. Private, since it may have card
     * data: a message's texts are read as {@link TextMember}.
     */
    private String text(String name) {
        return checkedText(name, required(name));
    }

    private String optionalText(String name) {
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

    /** Returns a non-negative integer; JSON has one kind of number, so {@code 7.0} is 7. */
    long nonNegativeInteger(String name) {
        return checkedInteger(name, required(name), Long.MAX_VALUE, "must be a non-negative integer");
    }

    /**
     * Returns cents by the rule of {@link #nonNegativeInteger}, of at most 12 digits. More than 999,999,999 breaks the protocol, but is what
     * the device reports: transaction-service keeps it and raises an alert.
     */
    Long optionalCents(String name) {
        JsonNode value = optional(name);
        return value == null
                ? null
                : checkedInteger(name, value, MAX_REPORTED_CENTS, "must be an integer from 0 to " + MAX_REPORTED_CENTS);
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
        if (text != null && !isLocalTime(text)) {
            throw new InvalidMemberException(name, "must be a time of the form yyyyMMddHHmmss");
        }
        return text;
    }

    private static boolean isLocalTime(String text) {
        try {
            return LOCAL_TIME_PATTERN.matcher(text).matches() && LocalDateTime.parse(text, LOCAL_TIME) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Returns the card number, masked again if the device sent more than the last four digits. */
    String optionalCardPan(TextMember member) {
        String shown = optionalText(member.wireName());
        if (shown == null) {
            return null;
        }
        member.check(shown);
        return record(member, shown, CardPan.mask(shown));
    }

    /** Returns the members with card data, which the texts returned so far do not have. */
    Set<TextMember> masked() {
        return masked.isEmpty() ? Set.of() : EnumSet.copyOf(masked);
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
        if (JsonMembers.REPEATED.equals(value)) {
            throw new InvalidMemberException(name, "must not be repeated with another value");
        }
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

    private static long checkedInteger(String name, JsonNode value, long max, String rule) {
        if (!value.isNumber() || !isInteger(value.decimalValue(), max)) {
            throw new InvalidMemberException(name, rule);
        }
        return value.decimalValue().longValueExact();
    }

    private static boolean isInteger(BigDecimal number, long max) {
        return number.signum() >= 0
                && number.compareTo(BigDecimal.valueOf(max)) <= 0
                && (number.signum() == 0 || number.stripTrailingZeros().scale() <= 0);
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
