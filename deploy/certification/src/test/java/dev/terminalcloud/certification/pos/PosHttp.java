package dev.terminalcloud.certification.pos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The requests of a POS. */
final class PosHttp {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PosHttp() {}

    /** A response. */
    record Reply(int status, JsonNode body, Optional<String> pairingToken, int retryAfterSeconds, int bytes) {
        String error() {
            return body.path("error").asText();
        }
    }

    static Reply send(String method, String url, Map<String, String> form, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(encoded(form)))
                .header("Content-Type", "application/x-www-form-urlencoded");
        headers.forEach(request::header);
        HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString(UTF_8));
        return new Reply(
                response.statusCode(),
                JSON.readTree(response.body()),
                response.headers().firstValue("Pairing-Token"),
                response.headers()
                        .firstValue("Retry-After")
                        .map(Integer::parseInt)
                        .orElse(0),
                response.body().length());
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** The reaction of a POS to an event of a stream: returns whether it goes on reading. */
    interface EventConsumer {
        boolean take(String id, JsonNode transaction) throws InterruptedException;
    }

    /** Reads an event stream until it ends, and returns the status. */
    static int stream(String url, Optional<String> lastEventId, EventConsumer events)
            throws IOException, InterruptedException {
        return stream(url, lastEventId, events, opened -> {});
    }

    /**
     * Reads an event stream.
     *
     * @param onOpen takes the stream: closing it ends the reading, which can't be interrupted
     */
    static int stream(String url, Optional<String> lastEventId, EventConsumer events, Consumer<InputStream> onOpen)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/event-stream");
        lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
        HttpResponse<InputStream> response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        onOpen.accept(response.body());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            String id = "";
            boolean reading = response.statusCode() == 200;
            while (reading) {
                String line = lines.readLine();
                if (line == null) {
                    reading = false;
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    reading = events.take(id, JSON.readTree(line.substring(6)));
                }
            }
        }
        return response.statusCode();
    }
}
