package dev.terminalcloud.local.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Redaction of credentials in a payload, at any depth. The names of members decide, so that a member that is added later under such a
 * name is redacted too. A pairing code is a credential for two minutes.
 */
final class SecretRedaction {
    static final String REDACTED = "(not shown)";

    private static final Pattern SECRET =
            Pattern.compile("token|secret|password|hash|credential|callback|^code$|pairingcode");

    private SecretRedaction() {}

    static JsonObject of(JsonObject payload) {
        JsonObject shown = new JsonObject();
        payload.forEach(member -> shown.put(member.getKey(), redact(member.getKey(), member.getValue())));
        return shown;
    }

    private static Object redact(String name, Object value) {
        return SECRET.matcher(name.toLowerCase(Locale.ROOT)).find() ? REDACTED : redact(value);
    }

    private static Object redact(Object value) {
        if (value instanceof JsonObject object) {
            return of(object);
        }
        if (value instanceof JsonArray array) {
            return new JsonArray(array.stream().map(SecretRedaction::redact).toList());
        }
        return value;
    }
}
