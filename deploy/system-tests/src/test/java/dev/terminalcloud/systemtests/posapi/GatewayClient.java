package dev.terminalcloud.systemtests.posapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Sends requests to the public gateway. */
final class GatewayClient {
    /** Longer than the maximum time for which a synchronous request is held. */
    private static final Duration LIMIT = Duration.ofSeconds(125);

    static final String TOKEN = "Pairing-Token";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI gateway;
    private final Map<String, String> headers;

    GatewayClient(URI gateway) {
        this(gateway, Map.of());
    }

    private GatewayClient(URI gateway, Map<String, String> headers) {
        this.gateway = gateway;
        this.headers = headers;
    }

    /** Returns the client that sends this pairing token with each request. */
    GatewayClient withToken(String pairingToken) {
        return new GatewayClient(gateway, Map.of(TOKEN, pairingToken));
    }

    /** Returns the client that sends this idempotency key with each request. */
    GatewayClient withKey(String key) {
        return new GatewayClient(gateway, Map.of("Idempotency-Key", key));
    }

    Reply call(String method, String path, String contentType, byte[] body) {
        return send(HttpRequest.newBuilder(gateway.resolve(path))
                .method(method, BodyPublishers.ofByteArray(body))
                .header("Content-Type", contentType));
    }

    Reply get(String url) {
        return send(HttpRequest.newBuilder(gateway.resolve(url)));
    }

    Reply post(String url) {
        return send(HttpRequest.newBuilder(gateway.resolve(url)).POST(BodyPublishers.noBody()));
    }

    /** Opens event streams of a transaction until one is rejected, and returns that response. */
    Reply openStreams(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve(url))
                .header("Accept", "text/event-stream")
                .timeout(LIMIT)
                .build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        while (response.statusCode() == 200) {
            response = http.send(request, BodyHandlers.ofInputStream());
        }
        return new Reply(
                response.statusCode(),
                response.headers(),
                new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
    }

    private Reply send(HttpRequest.Builder request) {
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = http.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
