package dev.terminalcloud.posapi;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Media type that a client prefers as the response to a request of the POS API: JSON, or an event stream where there is one. */
public final class AcceptedMedia {
    private static final String EVENT_STREAM = "text/event-stream";
    private static final String JSON = "application/json";
    private static final String QUALITY = "q=";
    private static final String KEY = AcceptedMedia.class.getName();

    private AcceptedMedia() {}

    /** Returns true if the header {@code Accept} names event streams, and does not prefer JSON or leave the choice. */
    public static boolean isEventStream(RoutingContext routing) {
        return Boolean.TRUE.equals(routing.get(KEY));
    }

    /** Keeps what the header says, and removes it: the framework would reject what it does not know. */
    static void takeHeader(RoutingContext routing) {
        routing.put(KEY, prefersEventStream(routing.request().headers().getAll(HttpHeaders.ACCEPT)));
        routing.request().headers().remove(HttpHeaders.ACCEPT);
    }

    /** Generated clients accept both alike, and read JSON. */
    static boolean prefersEventStream(List<String> accepted) {
        return quality(accepted, EVENT_STREAM) > quality(accepted, JSON);
    }

    private static double quality(List<String> accepted, String mediaType) {
        return accepted.stream()
                .flatMap(header -> Stream.of(header.toLowerCase(Locale.ROOT).split(",")))
                .map(range -> range.split(";"))
                .filter(range -> range.length > 0 && range[0].strip().equals(mediaType))
                .mapToDouble(AcceptedMedia::quality)
                .max()
                .orElse(0);
    }

    private static double quality(String[] range) {
        return Arrays.stream(range)
                .skip(1)
                .map(String::strip)
                .filter(parameter -> parameter.startsWith(QUALITY))
                .findFirst()
                .map(parameter -> parse(parameter.substring(QUALITY.length())))
                .orElse(1.0);
    }

    /** A quality that is not a number counts as none. */
    private static double parse(String quality) {
        return quality.matches("[01](\\.[0-9]{0,3})?") ? Double.parseDouble(quality) : 1;
    }
}
