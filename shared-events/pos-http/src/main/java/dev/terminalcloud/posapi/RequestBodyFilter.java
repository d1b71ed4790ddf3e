package dev.terminalcloud.posapi;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Filter that rejects a POS API request which announces a body over the limit, as JSON and before it is sent. The
 * framework's own limit, {@code quarkus.http.limits.max-body-size}, responds without a body. {@link RequestBody} counts
 * what is not announced.
 */
@ApplicationScoped
class RequestBodyFilter {
    private static final int AFTER_STARTUP_FILTER = 700;

    void register(@Observes Filters filters) {
        filters.register(RequestBodyFilter::check, AFTER_STARTUP_FILTER);
    }

    private static void check(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (CorsFilter.isPosApiPath(request.path()) && announcedLength(request) > RequestBody.MAX_BYTES) {
            reject(routing);
        } else {
            routing.next();
        }
    }

    private static void reject(RoutingContext routing) {
        ApiError error = RequestError.BODY_TOO_LARGE.error();
        routing.response()
                .setStatusCode(error.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(new JsonObject().put("error", error.text()).encode());
        RequestBody.drop(routing);
    }

    /** The HTTP parser has checked that the header is a number. */
    private static long announcedLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
