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
 * The events between the services as Server-Sent Events, for {@code GET}: first the stored ones, then each new event. A browser that was
 * interrupted sends the number of the last event it saw, and continues from there.
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
        // With these first bytes the browser knows that it is connected.
        response.write(":\n\n");
        events.listen(lastSeen(request), new Viewer(events, response, Vertx.currentContext()));
    }

    private static long lastSeen(HttpServerRequest request) {
        String id = request.getHeader("Last-Event-ID");
        return id != null && NUMBER.matcher(id).matches() ? Long.parseLong(id) : 0;
    }

    /** One browser, which gets events on its own event loop. Its disconnect is noticed at the next event. */
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
                // It does not keep up: it will reconnect and request the events that it missed.
                response.reset();
            } else {
                response.write("id: %d\ndata: %s\n\n"
                        .formatted(numbered.number(), numbered.event().toJson().encode()));
            }
        }
    }
}
