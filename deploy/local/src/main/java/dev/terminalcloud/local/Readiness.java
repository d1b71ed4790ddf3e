package dev.terminalcloud.local;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * The readiness of a service at one moment.
 *
 * @param state in words, for people
 */
record Readiness(boolean isReady, String state) {
    private static final int OK = 200;

    /** Long: on a busy machine an answer takes seconds. */
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

    /** Probes a service. */
    static Readiness of(Service service, HttpClient client) {
        HttpRequest request = HttpRequest.newBuilder(service.readiness())
                .timeout(RESPONSE_TIMEOUT)
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return response.statusCode() == OK
                    ? new Readiness(true, "ready")
                    : new Readiness(false, "not ready: " + failedChecks(response));
        } catch (HttpTimeoutException slow) {
            return new Readiness(false, "it does not answer");
        } catch (IOException notYet) {
            return new Readiness(false, "its port is not open");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    private static String failedChecks(HttpResponse<String> response) {
        try {
            JsonArray checks = new JsonObject(response.body()).getJsonArray("checks", new JsonArray());
            return checks.stream()
                    .map(JsonObject.class::cast)
                    .filter(check -> !"UP".equals(check.getString("status")))
                    .map(Readiness::text)
                    .collect(Collectors.joining(", "));
        } catch (DecodeException | ClassCastException unreadable) {
            return "status " + response.statusCode();
        }
    }

    private static String text(JsonObject check) {
        JsonObject data = check.getJsonObject("data", new JsonObject());
        return data.isEmpty() ? check.getString("name") : check.getString("name") + " " + data.encode();
    }
}
