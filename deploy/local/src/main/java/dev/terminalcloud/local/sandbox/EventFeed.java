package dev.terminalcloud.local.sandbox;

import dev.terminalcloud.local.sandbox.RecentEvents.Numbered;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What travels between the services, for {@code GET} as Server-Sent Events: first what is kept from before, then each event as it
 * comes. A browser that was interrupted says which was the last it saw, and goes on from there.
 */
public final class EventFeed implements Handler<HttpServerRequest> {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

    private final RecentEvents events = new RecentEvents();

    RecentEvents events() {
        return events;
    }

    @Override
    public void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .setChunked(true);
        // The browser knows with the first bytes that it is connected.
        response.write(":\n\n");
        events.listen(lastSeen(request), new Viewer(events, response, Vertx.currentContext()));
    }

    private static long lastSeen(HttpServerRequest request) {
        String id = request.getHeader("Last-Event-ID");
        return id != null && NUMBER.matcher(id).matches() ? Long.parseLong(id) : 0;
    }

    /** One browser, told on its own event loop. That it has gone is seen when it is to be told something. */
    private record Viewer(RecentEvents events, HttpServerResponse response, Context context)
            implements Consumer<Numbered> {

        @Override
        public void accept(Numbered numbered) {
            context.runOnContext(now -> send(numbered));
        }

        private void send(Numbered numbered) {
            if (response.closed()) {
                events.remove(this);
            } else if (response.writeQueueFull()) {
                // It does not keep up: it comes back, and asks for what it missed.
                response.reset();
            } else {
                response.write("id: %d\ndata: %s\n\n"
                        .formatted(numbered.number(), numbered.event().toJson().encode()));
            }
        }
    }
}
