package dev.terminalcloud.connector.protocol;

import java.util.regex.Pattern;

/** The rule for device ids: 4 to 14 decimal digits (device protocol, CONNECT). */
public final class DeviceId {
    private static final Pattern PATTERN = Pattern.compile("[0-9]{4,14}");

    private DeviceId() {}

    /** Returns whether the text is a device id; false for null. */
    public static boolean isValid(String text) {
        return text != null && PATTERN.matcher(text).matches();
    }
}
