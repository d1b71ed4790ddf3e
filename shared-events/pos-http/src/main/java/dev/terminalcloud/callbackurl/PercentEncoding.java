package dev.terminalcloud.callbackurl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/**
 * Percent-encoding of what must not be in a request line as it is (RFC 3986): spaces, control characters, characters
 * beyond ASCII as UTF-8, and a {@code %} that does not begin an escape. All that is encoded already stays as it is.
 */
final class PercentEncoding {
    private static final String LONE_PERCENT = "%(?![0-9A-Fa-f]{2})";
    private static final String PATH_CHARACTERS = "A-Za-z0-9\\-._~!$&'()*+,;=:@/%";
    private static final Pattern UNENCODED_IN_PATH = Pattern.compile(LONE_PERCENT + "|[^" + PATH_CHARACTERS + "]+");

    /** RFC 3986 does not allow brackets in a query, but they are usual there, and servers accept them. */
    private static final Pattern UNENCODED_IN_QUERY =
            Pattern.compile(LONE_PERCENT + "|[^" + PATH_CHARACTERS + "?\\[\\]]+");

    private PercentEncoding() {}

    static String ofPath(String path) {
        return UNENCODED_IN_PATH.matcher(path).replaceAll(found -> escape(found.group()));
    }

    /** Encodes a query with its question mark. */
    static String ofQuery(String query) {
        return UNENCODED_IN_QUERY.matcher(query).replaceAll(found -> escape(found.group()));
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte each : text.getBytes(UTF_8)) {
            escaped.append("%%%02X".formatted(each));
        }
        return escaped.toString();
    }
}
