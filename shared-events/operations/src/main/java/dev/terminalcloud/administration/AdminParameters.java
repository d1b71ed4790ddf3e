package dev.terminalcloud.administration;

import dev.terminalcloud.posapi.ApiException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/** Parser of what operators send. Each error is a 400 that names the parameter and its rule. */
public final class AdminParameters {
    private static final int MAX_LIMIT = 500;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_TEXT_LENGTH = 128;
    private static final int MAX_DIGITS = 18;
    private static final Pattern DEVICE_ID = Pattern.compile("[0-9]{4,14}");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private AdminParameters() {}

    public static String deviceId(String text) {
        if (text == null || !DEVICE_ID.matcher(text).matches()) {
            throw ApiException.badRequest("Device id must have 4 to 14 decimal digits");
        }
        return text;
    }

    public static UUID id(String name, String text) {
        if (text == null || !ID.matcher(text).matches()) {
            throw ApiException.badRequest(name + " must be a UUID");
        }
        return UUID.fromString(text);
    }

    /** Returns null if the parameter is absent. */
    public static Boolean flag(String name, String text) {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ApiException.badRequest(name + " must be true or false");
        };
    }

    public static int limit(String text) {
        long limit = number("limit", text).orElse(DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ApiException.badRequest("limit must be between 1 and " + MAX_LIMIT);
        }
        return Math.toIntExact(limit);
    }

    public static OptionalLong number(String name, String text) {
        if (text == null) {
            return OptionalLong.empty();
        }
        if (text.isEmpty() || text.length() > MAX_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw ApiException.badRequest(name + " must be a non-negative integer");
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    /** Returns null if the parameter is absent. */
    public static OffsetDateTime time(String name, String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            throw ApiException.badRequest(name + " must be an ISO 8601 time such as 2026-11-22T10:15:30Z");
        }
    }

    /** Returns null if the parameter is absent. */
    public static String text(String name, String text) {
        return text(name, text, MAX_TEXT_LENGTH);
    }

    /** Returns null if the parameter is absent. */
    public static String text(String name, String text, int maxLength) {
        if (text != null && (text.isEmpty() || text.length() > maxLength || text.indexOf(0) >= 0)) {
            throw ApiException.badRequest(
                    name + " must have 1 to " + maxLength + " characters and must not contain U+0000");
        }
        return text;
    }
}
