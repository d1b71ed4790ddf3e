package dev.terminalcloud.local.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.regex.Pattern;

/**
 * The CORS headers for pages of other origins. The gateway answers a pre-flight for the POS API itself, as the services would, so that
 * a browser can see the error of a service that is unavailable.
 */
final class GatewayCors {
    private static final String POS = "/pos";
    private static final String REQUEST_HEADERS = "Access-Control-Request-Headers";
    private static final String KNOWN_HEADERS = "Content-Type, Idempotency-Key, Pairing-Token";
    private static final Pattern HEADER_NAMES = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z, \\t-]{1,2000}");

    private GatewayCors() {}

    static void putHeaders(MultiMap headers) {
        headers.set("Access-Control-Allow-Origin", "*");
        headers.set("Access-Control-Expose-Headers", "Pairing-Token, Retry-After");
    }

    static boolean isPreFlight(HttpServerRequest request) {
        return HttpMethod.OPTIONS.equals(request.method())
                && request.path().regionMatches(true, 0, POS, 0, POS.length());
    }

    static void answerPreFlight(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        putHeaders(response.headers());
        response.putHeader("Access-Control-Allow-Methods", "GET, PUT, POST, DELETE")
                .putHeader("Access-Control-Allow-Headers", allowedHeaders(request))
                .putHeader("Vary", REQUEST_HEADERS)
                .putHeader("Access-Control-Max-Age", "86400")
                .putHeader("Cache-Control", "no-store")
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
}
