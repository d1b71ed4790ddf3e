package dev.terminalcloud.systemtests.gateways;

import dev.terminalcloud.virtualregister.EventStreamParser;
import dev.terminalcloud.virtualregister.StreamedEvent;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.Optional;

/** An open event stream of a transaction. */
record OpenStream(Iterator<String> lines, EventStreamParser parser) {
    static OpenStream of(HttpRequest.Builder request) throws IOException, InterruptedException {
        Iterator<String> lines = HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofLines())
                .body()
                .iterator();
        return new OpenStream(lines, new EventStreamParser());
    }

    /** Waits for the next event. */
    StreamedEvent next() {
        return read().orElseThrow(() -> new AssertionError("the stream has ended"));
    }

    /** Reads to the end of the stream, and returns the last event. */
    StreamedEvent last() {
        StreamedEvent last = next();
        for (Optional<StreamedEvent> more = read(); more.isPresent(); more = read()) {
            last = more.get();
        }
        return last;
    }

    private Optional<StreamedEvent> read() {
        while (lines.hasNext()) {
            Optional<StreamedEvent> event = parser.take(lines.next());
            if (event.isPresent()) {
                return event;
            }
        }
        return Optional.empty();
    }
}
