package dev.terminalcloud.local.traces;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/** The newest traces as JSON, for the page that shows them. */
public final class TraceFeed implements Handler<HttpServerRequest> {
    private final RecentTraces traces;

    public TraceFeed(RecentTraces traces) {
        this.traces = traces;
    }

    @Override
    public void handle(HttpServerRequest request) {
        request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(traces.toJson().encode());
    }
}
