package dev.terminalcloud.posapi;

import dev.terminalcloud.network.UnambiguousPath;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Filter that rejects a request with an {@linkplain UnambiguousPath ambiguous path}, for each resource of the service, before
 * the framework resolves it.
 */
@ApplicationScoped
class UnambiguousPathFilter {
    private static final int BEFORE_CORS = 950;

    void register(@Observes Filters filters) {
        filters.register(UnambiguousPathFilter::check, BEFORE_CORS);
    }

    private static void check(RoutingContext routing) {
        if (UnambiguousPath.isPlain(routing.request().path())) {
            routing.next();
            return;
        }
        ApiError error = RequestError.NOT_FOUND.error();
        ResponseHeaders.putPosApi(routing.response());
        routing.response()
                .setStatusCode(error.status())
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject().put("error", error.text()).encode());
        RequestBody.drop(routing);
    }
}
