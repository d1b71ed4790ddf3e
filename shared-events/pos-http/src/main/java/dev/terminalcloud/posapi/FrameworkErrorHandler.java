package dev.terminalcloud.posapi;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.stream.IntStream;

/**
 * Handler of errors that the HTTP framework reports before a request reaches any resource: they become
 * {@code {"error":"<text>"}} too, with CORS headers, since some of these requests have not passed the filters either.
 */
@ApplicationScoped
class FrameworkErrorHandler {
    private static final int FIRST_ERROR_STATUS = 400;
    private static final int LAST_ERROR_STATUS = 599;

    void register(@Observes Router router) {
        IntStream.rangeClosed(FIRST_ERROR_STATUS, LAST_ERROR_STATUS)
                .forEach(status -> router.errorHandler(status, routing -> respond(routing, status)));
    }

    private static void respond(RoutingContext routing, int status) {
        if (routing.response().ended() || routing.response().headWritten()) {
            return;
        }
        int shown = status == 405 ? 404 : status;
        ResponseHeaders.putPosApi(routing.response());
        routing.response()
                .setStatusCode(shown)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject().put("error", textOf(shown)).encode());
    }

    private static String textOf(int status) {
        return switch (status) {
            case 404 -> "No such path or method";
            case 413 -> RequestError.BODY_TOO_LARGE.error().text();
            case 414 -> "The request line is longer than 300000 bytes";
            case 500 -> "Internal error";
            case 503 -> "The service is unavailable";
            default -> "Malformed HTTP request";
        };
    }
}
