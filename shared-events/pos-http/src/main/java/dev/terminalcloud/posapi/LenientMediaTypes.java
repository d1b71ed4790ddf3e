package dev.terminalcloud.posapi;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;

/**
 * Filter that keeps the framework from rejecting a request for its media types. It removes an invalid {@code Content-Type},
 * so that the body is read as a form, and the {@code Accept} header, since the answer is JSON whatever it says; see {@link
 * AcceptedMedia} for the exception.
 */
@ApplicationScoped
class LenientMediaTypes {
    private static final int BEFORE_ALL_ROUTES = 1_000;

    void register(@Observes Filters filters) {
        filters.register(LenientMediaTypes::removeHeaders, BEFORE_ALL_ROUTES);
    }

    private static void removeHeaders(RoutingContext routing) {
        MultiMap headers = routing.request().headers();
        if (CorsFilter.isPosApiPath(routing.request().path())) {
            AcceptedMedia.takeHeader(routing);
        }
        String contentType = headers.get(HttpHeaders.CONTENT_TYPE);
        if (contentType != null && !isMediaType(contentType)) {
            headers.remove(HttpHeaders.CONTENT_TYPE);
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
