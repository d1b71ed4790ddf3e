package dev.terminalcloud.servicestart;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** HTTP filter that rejects every request with 503, unread, until the service has started. */
@ApplicationScoped
class StartupFilter {
    private static final int AFTER_CORS = 790;

    private final ServiceStart start;

    StartupFilter(ServiceStart start) {
        this.start = start;
    }

    void register(@Observes Filters filters) {
        filters.register(this::rejectUntilStarted, AFTER_CORS);
    }

    private void rejectUntilStarted(RoutingContext routing) {
        if (start.isComplete()) {
            routing.next();
            return;
        }
        routing.response()
                .setStatusCode(503)
                .putHeader("Content-Type", "application/json")
                .putHeader("Retry-After", "1")
                .end(new JsonObject().put("error", "The service is unavailable").encode());
    }
}
