package dev.terminalcloud.certification.device.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rule for one member of a message. A member that is null counts as absent.
 *
 * @param values the allowed values; all values of the type if empty
 */
record MemberRule(String name, boolean isRequired, ValueType kind, List<String> values) {

    enum ValueType {
        /** Without U+0000. */
        TEXT("[^\\x00]*"),
        TEXT_OF_64("[^\\x00]{0,64}"),
        TEXT_OF_200("[^\\x00]{0,200}"),
        /** A receipt, at most 16 KiB. */
        RECEIPT("[^\\x00]{0,16384}"),
        /** Letters and digits of ASCII and {@code " .-_/"}. */
        CODE_OF_40("[A-Za-z0-9 ._/-]{0,40}"),
        UUID("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
        /** The device's local time, {@code yyyyMMddHHmmss}. */
        LOCAL_TIME("[0-9]{14}"),
        /** A JSON number with an integer value, not negative. */
        WHOLE_NUMBER(""),
        /** Cents, 0 to 999,999,999. */
        CENT_AMOUNT("");

        private static final BigDecimal MAX_CENTS = BigDecimal.valueOf(999_999_999);
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

        private final Pattern form;

        ValueType(String form) {
            this.form = Pattern.compile(form, Pattern.DOTALL);
        }

        private boolean fits(JsonNode value) {
            return switch (this) {
                case TEXT, TEXT_OF_64, TEXT_OF_200, RECEIPT, CODE_OF_40, UUID -> hasForm(value);
                case LOCAL_TIME -> hasForm(value) && isTime(value.textValue());
                case WHOLE_NUMBER -> isInteger(value, BigDecimal.valueOf(Long.MAX_VALUE));
                case CENT_AMOUNT -> isInteger(value, MAX_CENTS);
            };
        }

        private boolean hasForm(JsonNode value) {
            return value.isTextual() && form.matcher(value.textValue()).matches();
        }

        private static boolean isTime(String text) {
            try {
                return LocalDateTime.parse(text, TIME) != null;
            } catch (DateTimeException e) {
                return false;
            }
        }

        private static boolean isInteger(JsonNode value, BigDecimal max) {
            return value.isNumber()
                    && Double.isFinite(value.doubleValue())
                    && value.decimalValue().signum() >= 0
                    && value.decimalValue().compareTo(max) <= 0
                    && value.decimalValue().stripTrailingZeros().scale() <= 0;
        }
    }

    static MemberRule required(String name, ValueType kind) {
        return new MemberRule(name, true, kind, List.of());
    }

    static MemberRule required(String name, String... values) {
        return new MemberRule(name, true, ValueType.TEXT, List.of(values));
    }

    static MemberRule optional(String name, ValueType kind) {
        return new MemberRule(name, false, kind, List.of());
    }

    static MemberRule optional(String name, String... values) {
        return new MemberRule(name, false, ValueType.TEXT, List.of(values));
    }

    /** Returns the violation of the rule by the message, or empty. */
    Optional<String> violation(ObjectNode message) {
        JsonNode value = message.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return isRequired ? Optional.of(name + " is missing") : Optional.empty();
        }
        if (!kind.fits(value)) {
            return Optional.of(name + " must be a " + kind.name().replace('_', ' '));
        }
        return values.isEmpty() || values.contains(value.textValue())
                ? Optional.empty()
                : Optional.of("%s is \"%s\" but must be one of %s"
                        .formatted(name, value.textValue(), String.join(", ", values)));
    }
}
