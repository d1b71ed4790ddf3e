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
 * What becomes of requests when the service has been told to end. Those that it has are answered, held ones included
 * ({@code quarkus.shutdown.timeout}); what would start something is refused from the end of the shut-down delay on, with
 * 503 and the certainty that nothing was started; what only asks is answered to the end, since a register that polls
 * gives a payment up on the first answer that is not 200.
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

    /** During the delay requests still come, from whoever has not seen yet that the service is not ready any more. */
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
