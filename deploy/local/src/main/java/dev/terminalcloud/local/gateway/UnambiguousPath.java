package dev.terminalcloud.local.gateway;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A check that gateway and origin read a path alike. An origin resolves {@code /POS/Pairing/../../admin} and perhaps its encoded forms,
 * so an ambiguous path must not pass the table of routes.
 */
final class UnambiguousPath {
    private static final Set<String> DOT_SEGMENTS = Set.of(".", "..");
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-f]{2})");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|%[01][0-9a-f]|%7f");

    private UnambiguousPath() {}

    static boolean isPlain(String path) {
        if (path == null || !path.startsWith("/")) {
            return false;
        }
        String lower = path.toLowerCase(Locale.ROOT);
        if (BROKEN_ESCAPE.matcher(lower).find() || CONTROL.matcher(lower).find()) {
            return false;
        }
        String decoded = lower.replace("%2e", ".");
        boolean hiddenSeparator =
                decoded.contains("%2f") || decoded.contains("%5c") || decoded.contains("\\") || decoded.contains("//");
        return !hiddenSeparator && Arrays.stream(decoded.split("/")).noneMatch(DOT_SEGMENTS::contains);
    }
}
