package dev.terminalcloud.local.sandbox;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * Which other pages this stack has, as JSON for the links of the sandbox page.
 *
 * @param traces true if it shows traces
 */
public record SandboxPages(boolean traces) implements Handler<HttpServerRequest> {
    @Override
    public void handle(HttpServerRequest request) {
        request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(new JsonObject().put("traces", traces).encode());
    }
}
