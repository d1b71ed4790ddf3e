package dev.terminalcloud.posapi;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** What a client accepts as the response to a request of the POS API: JSON, or an event stream where there is one. */
public final class AcceptedMedia {
    private static final String EVENT_STREAM = "text/event-stream";
    private static final String KEY = AcceptedMedia.class.getName();

    private AcceptedMedia() {}

    /** Returns true if the header {@code Accept} names event streams. */
    public static boolean isEventStream(RoutingContext routing) {
        return Boolean.TRUE.equals(routing.get(KEY));
    }

    /** Keeps what the header says, and removes it: the framework would reject what it does not know. */
    static void takeHeader(RoutingContext routing) {
        boolean isEventStream = routing.request().headers().getAll(HttpHeaders.ACCEPT).stream()
                .anyMatch(accepted -> accepted.toLowerCase(Locale.ROOT).contains(EVENT_STREAM));
        routing.put(KEY, isEventStream);
        routing.request().headers().remove(HttpHeaders.ACCEPT);
    }
}
