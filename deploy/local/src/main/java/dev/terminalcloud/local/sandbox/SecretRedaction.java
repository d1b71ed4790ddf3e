package dev.terminalcloud.local.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A payload as it may be shown: what opens a door is replaced, wherever in the payload it is. The names of members decide, so that a
 * member that is added later under a telling name is not shown either. A pairing code opens a door for two minutes.
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
