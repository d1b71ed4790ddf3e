package dev.terminalcloud.systemtests.posapi;

import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.PosClient;
import dev.terminalcloud.virtualregister.PosRequests;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sends requests to the public gateway. */
final class GatewayClient {
    private final PosClient client = PosClient.open();
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
        return new GatewayClient(gateway, Map.of(PosRequests.PAIRING_TOKEN, pairingToken));
    }

    /** Returns the client that sends this idempotency key with each request. */
    GatewayClient withKey(String key) {
        return new GatewayClient(gateway, Map.of(PosRequests.IDEMPOTENCY_KEY, key));
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

    Reply cancel(String pollingUrl) {
        return send(PosRequests.cancel(gateway.resolve(pollingUrl)));
    }

    /** Opens event streams of a transaction until one is rejected, and returns that response. */
    Reply openStreams(String url) throws IOException, InterruptedException {
        HttpRequest request = PosRequests.stream(gateway.resolve(url))
                .timeout(client.timeout())
                .build();
        HttpResponse<InputStream> response = client.http().send(request, BodyHandlers.ofInputStream());
        while (response.statusCode() == 200) {
            response = client.http().send(request, BodyHandlers.ofInputStream());
        }
        return new Reply(
                response.statusCode(),
                response.headers(),
                new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
    }

    private Reply send(HttpRequest.Builder request) {
        headers.forEach(request::header);
        Answer answer = client.send(request);
        return new Reply(answer.status(), answer.headers(), answer.text());
    }
}
