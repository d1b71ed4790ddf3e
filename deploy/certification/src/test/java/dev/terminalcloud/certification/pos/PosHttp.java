package dev.terminalcloud.certification.pos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.EventStreamParser;
import dev.terminalcloud.virtualregister.PosClient;
import dev.terminalcloud.virtualregister.PosRequests;
import dev.terminalcloud.virtualregister.StreamedEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.function.Consumer;

/** The requests of a POS. */
final class PosHttp {
    static final PosClient CLIENT = PosClient.open();

    private PosHttp() {}

    static Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.exchange(request);
    }

    /** The reaction of a POS to an event of a stream: returns whether it goes on reading. */
    interface EventConsumer {
        boolean take(String id, JsonNode transaction) throws InterruptedException;
    }

    /** Reads an event stream until it ends, and returns the status. */
    static int stream(URI url, Optional<String> lastEventId, EventConsumer events)
            throws IOException, InterruptedException {
        return stream(url, lastEventId, events, opened -> {});
    }

    /**
     * Reads an event stream.
     *
     * @param onOpen takes the stream: closing it ends the reading, which can't be interrupted
     */
    static int stream(URI url, Optional<String> lastEventId, EventConsumer events, Consumer<InputStream> onOpen)
            throws IOException, InterruptedException {
        HttpRequest request = lastEventId
                .map(id -> PosRequests.resumeStream(url, id))
                .orElseGet(() -> PosRequests.stream(url))
                .build();
        HttpResponse<InputStream> response = CLIENT.http().send(request, BodyHandlers.ofInputStream());
        onOpen.accept(response.body());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            EventStreamParser parser = new EventStreamParser();
            boolean reading = response.statusCode() == 200;
            while (reading) {
                String line = lines.readLine();
                Optional<StreamedEvent> event = line == null ? Optional.empty() : parser.take(line);
                reading = line != null
                        && (event.isEmpty()
                                || events.take(event.get().id(), event.get().data()));
            }
        }
        return response.statusCode();
    }
}
