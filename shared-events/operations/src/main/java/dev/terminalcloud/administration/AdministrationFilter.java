package dev.terminalcloud.administration;

import dev.terminalcloud.posapi.RequestError;
import dev.terminalcloud.posapi.ResponseHeaders;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;

/**
 * Filter of each port: the public one answers paths that begin with {@code /POS} only, and that of the administration only paths below
 * {@code /admin}; all else is 404. A POST to the administration API must be {@code application/json}, which no form of a foreign web
 * page can send (415).
 */
@ApplicationScoped
class AdministrationFilter {
    /** Before all others, so that no other filter answers on the wrong port. */
    private static final int FIRST = 2_000;

    private static final String ADMINISTRATION_PATH = "/admin/";
    private static final String PUBLIC_PATH = "/pos";
    private static final String JSON = "application/json";

    private final AdministrationServer server;
    private final LoginGuard logins;

    AdministrationFilter(AdministrationServer server, LoginGuard logins) {
        this.server = server;
        this.logins = logins;
    }

    void register(@Observes Filters filters) {
        filters.register(this::filter, FIRST);
    }

    private void filter(RoutingContext routing) {
        boolean isAdministration = routing.request().localAddress().port() == server.port();
        if (isAdministration) {
            ResponseHeaders.putCommon(routing.response());
        } else {
            ResponseHeaders.putPosApi(routing.response());
        }
        if (!isBelow(isAdministration ? ADMINISTRATION_PATH : PUBLIC_PATH, routing)) {
            respond(routing, 404, RequestError.NOT_FOUND.error().text());
        } else if (isAdministration && !hasAllowedBody(routing.request())) {
            respond(routing, 415, "The body must be application/json");
        } else if (isAdministration) {
            logins.check(routing);
        } else {
            routing.next();
        }
    }

    /** Both the path as it was sent and as it is routed, without dot segments, must be below. */
    private static boolean isBelow(String parent, RoutingContext routing) {
        return isBelow(parent, routing.request().path()) && isBelow(parent, routing.normalizedPath());
    }

    private static boolean isBelow(String parent, String path) {
        return path != null && path.regionMatches(true, 0, parent, 0, parent.length());
    }

    private static boolean hasAllowedBody(HttpServerRequest request) {
        if (!HttpMethod.POST.equals(request.method())) {
            return true;
        }
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null
                && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(JSON);
    }

    static void respond(RoutingContext routing, int status, String error) {
        routing.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(new JsonObject().put("error", error).encode());
    }
}
