package dev.terminalcloud.certification.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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
        UUID("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
        /** The device's local time, {@code yyyyMMddHHmmss}. */
        LOCAL_TIME("[0-9]{14}"),
        /** A JSON number without a fraction or an exponent, not negative. */
        WHOLE_NUMBER("");

        private final Pattern form;

        ValueType(String form) {
            this.form = Pattern.compile(form, Pattern.DOTALL);
        }

        private boolean fits(JsonNode value) {
            return this == WHOLE_NUMBER
                    ? value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0
                    : value.isTextual() && form.matcher(value.textValue()).matches();
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
