package dev.terminalcloud.posapi;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * Filter that allows pages of any origin to use the POS API: it adds the {@linkplain ResponseHeaders headers} of the API to every
 * response and answers pre-flight requests (Fetch standard, section 3.2). The API uses no cookies, so any origin may be allowed.
 */
@ApplicationScoped
class CorsFilter {
    private static final int BEFORE_ALL_ROUTES = 900;
    private static final String REQUEST_HEADERS = "Access-Control-Request-Headers";
    private static final String KNOWN_HEADERS = "Content-Type, Idempotency-Key, Pairing-Token";
    private static final Pattern HEADER_NAMES = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z, \\t-]{1,2000}");

    void register(@Observes Filters filters) {
        filters.register(CorsFilter::allow, BEFORE_ALL_ROUTES);
    }

    private static void allow(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (!isPosApiPath(request.path())) {
            ResponseHeaders.putCommon(request.response());
            routing.next();
            return;
        }
        HttpServerResponse response = request.response();
        ResponseHeaders.putPosApi(response);
        if (!HttpMethod.OPTIONS.equals(request.method())) {
            routing.next();
            return;
        }
        response.putHeader("Access-Control-Allow-Methods", "GET, PUT, POST, DELETE")
                .putHeader("Access-Control-Allow-Headers", allowedHeaders(request))
                .putHeader("Vary", REQUEST_HEADERS)
                .putHeader("Access-Control-Max-Age", "86400")
                .putHeader("Content-Type", "application/json")
                .end("{}");
    }

    /** Returns the headers that the API knows, and all that the client asks for: browser clients add some of their own. */
    private static String allowedHeaders(HttpServerRequest request) {
        String requested = request.getHeader(REQUEST_HEADERS);
        return requested != null && HEADER_NAMES.matcher(requested).matches()
                ? KNOWN_HEADERS + ", " + requested
                : KNOWN_HEADERS;
    }

    static boolean isPosApiPath(String path) {
        return path != null && path.regionMatches(true, 0, "/pos", 0, 4);
    }
}
