package dev.terminalcloud.posapi;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Filter that allows pages of any origin to use the POS API: it adds the CORS headers to every response, errors included, and
 * answers pre-flight requests (Fetch standard, section 3.2). The API uses no cookies, so any origin may be allowed.
 */
@ApplicationScoped
class CorsFilter {
    private static final int BEFORE_ALL_ROUTES = 900;

    void register(@Observes Filters filters) {
        filters.register(CorsFilter::allow, BEFORE_ALL_ROUTES);
    }

    private static void allow(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (!isPosApiPath(request.path())) {
            routing.next();
            return;
        }
        HttpServerResponse response = request.response();
        putHeaders(response);
        if (!HttpMethod.OPTIONS.equals(request.method())) {
            routing.next();
            return;
        }
        response.putHeader("Access-Control-Allow-Methods", "GET, PUT, POST, DELETE")
                .putHeader("Access-Control-Allow-Headers", "Content-Type, Idempotency-Key, Pairing-Token")
                .putHeader("Access-Control-Max-Age", "86400")
                .putHeader("Content-Type", "application/json")
                .end("{}");
    }

    static void putHeaders(HttpServerResponse response) {
        response.putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Expose-Headers", "Pairing-Token, Retry-After");
    }

    static boolean isPosApiPath(String path) {
        return path != null && path.regionMatches(true, 0, "/pos", 0, 4);
    }
}
