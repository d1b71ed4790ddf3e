package dev.terminalcloud.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A check that all servers on the way of a request read its path alike. A server may resolve {@code /POS/Pairing/../../admin},
 * and perhaps its encoded forms, or remove what is behind a {@code ;}: so the path that a gateway allows could be another one
 * than that of the resource that answers.
 */
public final class UnambiguousPath {
    /** The paths of the APIs have at most some hundred characters; what is long is in the query. */
    static final int MAX_LENGTH = 8_192;

    private static final Set<String> DOT_SEGMENTS = Set.of(".", "..");
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-f]{2})");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|%[01][0-9a-f]|%7f");
    private static final Pattern SEPARATOR = Pattern.compile("//|\\\\|;|%2f|%5c");

    private UnambiguousPath() {}

    /**
     * Returns whether the path begins with a slash and has no empty segment, dot segment, path parameter, backslash or control
     * character, encoded or not, and no broken escape, and is not longer than any path of the APIs.
     *
     * @param path as the client sent it, still encoded, without the query; null if it has none
     */
    public static boolean isPlain(String path) {
        if (path == null || !path.startsWith("/") || path.length() > MAX_LENGTH) {
            return false;
        }
        String lower = path.toLowerCase(Locale.ROOT);
        if (BROKEN_ESCAPE.matcher(lower).find() || CONTROL.matcher(lower).find()) {
            return false;
        }
        String decoded = lower.replace("%2e", ".");
        return !SEPARATOR.matcher(decoded).find()
                && Arrays.stream(decoded.split("/")).noneMatch(DOT_SEGMENTS::contains);
    }
}
