package dev.terminalcloud.posapi;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Filter of requests during shutdown. The service answers the requests that it has already received, held requests
 * included ({@code quarkus.shutdown.timeout}). After the shutdown delay it rejects requests that would start something, with
 * 503 and the guarantee that nothing was started. It answers safe methods until the end, since a register that polls gives
 * up a payment on the first answer that is not 200.
 */
@ApplicationScoped
class ShutdownFilter {
    private static final int AFTER_CORS = 800;
    private static final Set<HttpMethod> SAFE_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Vertx vertx;
    private final Optional<Duration> delay;
    private volatile boolean draining;

    ShutdownFilter(Vertx vertx, @ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay) {
        this.vertx = vertx;
        this.delay = delay;
    }

    /** During the delay requests still arrive, from clients that have not yet noticed that the service is no longer ready. */
    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        long millis = delay.orElse(Duration.ZERO).toMillis();
        if (millis == 0) {
            draining = true;
        } else {
            vertx.setTimer(millis, over -> draining = true);
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuse, AFTER_CORS);
    }

    private void refuse(RoutingContext routing) {
        HttpMethod method = routing.request().method();
        if (!draining || SAFE_METHODS.contains(method)) {
            routing.next();
            return;
        }
        HttpServerResponse response = routing.response();
        response.setStatusCode(503)
                .putHeader("Content-Type", "application/json")
                .putHeader("Retry-After", "1")
                .end(new JsonObject()
                        .put("error", "The service is shutting down. Nothing was started")
                        .encode());
    }
}
