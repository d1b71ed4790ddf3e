package dev.terminalcloud.posapi;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;

/** Drops a {@code Content-Type} that is none, before anything refuses the request for it: the body is read as a form then. */
@ApplicationScoped
class ContentTypes {
    private static final int BEFORE_ALL_ROUTES = 1_000;

    void register(@Observes Filters filters) {
        filters.register(ContentTypes::dropMalformed, BEFORE_ALL_ROUTES);
    }

    private static void dropMalformed(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (contentType != null && !isMediaType(contentType)) {
            request.headers().remove(HttpHeaders.CONTENT_TYPE);
        }
        routing.next();
    }

    private static boolean isMediaType(String text) {
        try {
            MediaType.valueOf(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
