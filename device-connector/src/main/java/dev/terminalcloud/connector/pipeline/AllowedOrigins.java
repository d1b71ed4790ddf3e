package dev.terminalcloud.connector.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The origins of web pages (RFC 6454) that may open a WebSocket: that of the WebSocket's own host, and configured ones. */
final class AllowedOrigins {
    private final Set<String> configured;

    /** @param configured such as {@code https://pay.example.org} */
    AllowedOrigins(List<String> configured) {
        this.configured = configured.stream().map(AllowedOrigins::normalized).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns whether a page of that origin may open a WebSocket.
     *
     * @param host the {@code Host} of the request; null without one
     */
    boolean isAllowed(String origin, String host) {
        String normalized = normalized(origin);
        return configured.contains(normalized)
                || (host != null
                        && (normalized.equals(normalized("http://" + host))
                                || normalized.equals(normalized("https://" + host))));
    }

    /** Returns the origin in lower case and without the default port of its scheme. */
    private static String normalized(String origin) {
        String lower = origin.strip().toLowerCase(Locale.ROOT);
        String defaultPort = lower.startsWith("https:") ? ":443" : ":80";
        return lower.endsWith(defaultPort) ? lower.substring(0, lower.length() - defaultPort.length()) : lower;
    }
}
