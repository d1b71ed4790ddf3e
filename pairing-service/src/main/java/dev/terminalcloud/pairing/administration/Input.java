package dev.terminalcloud.pairing.administration;

import dev.terminalcloud.pairing.Secret;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.posapi.RefusedException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/** Reads what operators send. Each refusal, a 400, names the parameter and its rule. */
final class Input {
    private static final int MOST_ROWS = 500;
    private static final int ROWS = 100;
    private static final int LONGEST_SECRET = 256;
    private static final int LONGEST_TEXT = 128;
    private static final int MOST_DIGITS = 18;

    private Input() {}

    static String deviceId(String text) {
        if (text == null || !Device.isId(text)) {
            throw RefusedException.badRequest("A device id has 4 to 14 decimal digits");
        }
        return text;
    }

    /** The chosen secret, or a new one if it is null. */
    static Secret secret(String chosen) {
        if (chosen == null) {
            return Secret.random();
        }
        if (chosen.isEmpty() || chosen.length() > LONGEST_SECRET) {
            throw RefusedException.badRequest("secret has 1 to " + LONGEST_SECRET + " characters");
        }
        return new Secret(chosen);
    }

    /** Null if the parameter is absent. */
    static Boolean flag(String name, String text) {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw RefusedException.badRequest(name + " is true or false");
        };
    }

    static int limit(String text) {
        long limit = number("limit", text).orElse(ROWS);
        if (limit < 1 || limit > MOST_ROWS) {
            throw RefusedException.badRequest("limit is a number from 1 to " + MOST_ROWS);
        }
        return Math.toIntExact(limit);
    }

    static OptionalLong number(String name, String text) {
        if (text == null) {
            return OptionalLong.empty();
        }
        if (text.isEmpty() || text.length() > MOST_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw RefusedException.badRequest(name + " is a number of decimal digits");
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    /** Null if the parameter is absent. */
    static OffsetDateTime time(String name, String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            throw RefusedException.badRequest(name + " is a time like 2026-11-22T10:15:30Z");
        }
    }

    /** Null if the parameter is absent. */
    static String text(String name, String text) {
        if (text != null && (text.isEmpty() || text.length() > LONGEST_TEXT || text.indexOf(0) >= 0)) {
            throw RefusedException.badRequest(name + " has 1 to " + LONGEST_TEXT + " characters, none of them U+0000");
        }
        return text;
    }
}
